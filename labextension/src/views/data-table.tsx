/** A table whose columns sort: real headers with buttons, `aria-sort`, a name. Everything tabular is shown with it. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepScrollKeys } from './scroll-keys.ts';
import { nextOrder, sortRows, type SortOrder, type SortValue } from './sort-rows.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Said when the pointer rests on the header. */
  readonly hint?: string;
  /** Figures stand at the right, and sort from the largest. */
  readonly numeric?: boolean;
  readonly className?: string;
  /** Names its row to a screen reader. */
  readonly isRowHeader?: boolean;
  readonly render: (row: Row) => ReactNode;
  readonly sortBy?: (row: Row) => SortValue;
  /** Whether a row has a figure here; a column in which none has one is left out. */
  readonly isMeasured?: (row: Row) => boolean;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly rowClass?: (row: Row) => string;
  readonly initialOrder?: SortOrder;
  /** By mouse, anywhere on the row; for keys put a button into a cell. */
  readonly onRow?: (row: Row) => void;
  /** The rest is behind a button. */
  readonly limit?: number;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, rows, rowKey, rowClass, onRow, limit = Infinity } = props;
  const columns = useMemo(
    () => props.columns.filter(({ isMeasured }) => !isMeasured || rows.some(isMeasured)),
    [props.columns, rows],
  );
  useEffect(keepScrollKeys, []);
  const [order, setOrder] = useState<SortOrder | null>(props.initialOrder ?? null);
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => {
    const by = columns.find(column => column.id === order?.column)?.sortBy;
    return by && order ? sortRows(rows, by, order.descending) : rows;
  }, [columns, rows, order]);
  const shown = all ? sorted : sorted.slice(0, limit);
  return (
    <div className="jp-PyPerf-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table className="jp-PyPerf-table">
        <caption className={props.showCaption ? undefined : 'jp-PyPerf-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <Header key={column.id} {...{ column, order, setOrder }} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(row => (
            <tr
              key={rowKey(row)}
              className={rowClass?.(row)}
              onClick={onRow && (() => onRow(row))}
              data-clickable={onRow ? true : undefined}
            >
              {columns.map(column => (
                <Cell key={column.id} column={column}>
                  {column.render(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < sorted.length && (
        <button type="button" className="jp-PyPerf-link" onClick={() => setAll(true)}>
          Show all {sorted.length}
        </button>
      )}
    </div>
  );
}

const classOf = (column: { numeric?: boolean; className?: string }) =>
  [column.numeric && 'jp-PyPerf-number', column.className].filter(Boolean).join(' ') || undefined;

function Header<Row>(props: {
  column: Column<Row>;
  order: SortOrder | null;
  setOrder: (order: SortOrder | null) => void;
}) {
  const { column, order, setOrder } = props;
  const sorted = order?.column === column.id ? order : null;
  const direction = sorted && (sorted.descending ? 'descending' : 'ascending');
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={column.sortBy ? (direction ?? 'none') : undefined}
      title={column.hint}
    >
      {column.sortBy ? (
        <button
          type="button"
          onClick={() => setOrder(nextOrder(order, column.id, column.numeric ?? false))}
        >
          {column.title}
          <span aria-hidden="true" className="jp-PyPerf-sortMark">
            {direction === 'descending' ? '▾' : direction === 'ascending' ? '▴' : ''}
          </span>
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

function Cell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  return column.isRowHeader ? (
    <th scope="row" className={classOf(column)}>
      {children}
    </th>
  ) : (
    <td className={classOf(column)}>{children}</td>
  );
}
