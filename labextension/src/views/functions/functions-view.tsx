/** The functions: a flame graph with search and zoom, and the same as a table. */
import { useCallback, useMemo, useState } from 'react';
import { ORIGIN_NAMES } from '../../../../src/render/charts/palette.ts';
import { countOf, formatMs, formatShare } from '../../../../src/render/format.ts';
import type { CellReport } from '../../../../src/report/index.ts';
import { Chart, type ChartTheme } from '../../charts/index.ts';
import type { OpenLine } from '../lines/lines-view.tsx';
import { ToolButton } from '../tool-button.tsx';
import { flameFigure } from './flame-figure.ts';
import { FunctionTable } from './function-table.tsx';
import { findNodes, flameDepth, flameTree, functionRows, isFound, ROOT, timeOf } from './tree.ts';

const ROW_PX = 22;
const MAX_PX = 560;

export function FunctionsView(props: { report: CellReport; onOpenLine?: OpenLine | undefined }) {
  const { functions } = props.report.cell;
  const tree = useMemo(() => flameTree(functions), [functions]);
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState(ROOT);
  const [asTable, setAsTable] = useState(false);
  const found = useMemo(() => findNodes(tree, search), [tree, search]);
  const rows = useMemo(() => functionRows(tree), [tree]);
  const figure = useCallback(
    (theme: ChartTheme, widthPx: number) => flameFigure(tree, { level, found }, theme, widthPx),
    [tree, level, found],
  );
  const depth = useMemo(() => flameDepth(tree, level), [tree, level]);
  const path = pathTo(level);

  return (
    <>
      <div className="jp-PyPerf-toolbar">
        <input
          type="search"
          className="jp-PyPerf-search"
          placeholder="Search functions"
          aria-label="Search functions"
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        <ToolButton name={asTable ? 'Flame graph' : 'Table'} onClick={() => setAsTable(!asTable)} />
        <span className="jp-PyPerf-muted" role="status">
          {found && foundWords(found)}
        </span>
        {!asTable && level !== ROOT && (
          <nav aria-label="Zoom" className="jp-PyPerf-path">
            <ToolButton name="everything" onClick={() => setLevel(ROOT)} />
            {path.map(({ id, name }) => (
              <ToolButton key={id} name={name} onClick={() => setLevel(id)} />
            ))}
          </nav>
        )}
      </div>
      {asTable ? (
        <FunctionTable
          rows={found ? rows.filter(row => isFound(row.name, search)) : rows}
          totalMs={tree.totalMs}
          onOpen={props.onOpenLine && (source => props.onOpenLine?.(source, props.report.cell))}
          onZoom={row => {
            setLevel(row.id);
            setAsTable(false);
          }}
        />
      ) : (
        <>
          <Chart
            figure={figure}
            heightPx={Math.min(MAX_PX, Math.max(3, depth) * ROW_PX + 4)}
            label={`Flame graph of ${countOf(rows.length, 'function')}. The table has its figures.`}
            onPick={id => setLevel(id === level ? parentOf(id) : id)}
          />
          <Legend origins={[...new Set(rows.map(row => row.origin))]} />
        </>
      )}
    </>
  );

  function foundWords(ids: ReadonlySet<string>): string {
    if (ids.size === 0) return 'Nothing found';
    const ms = timeOf(tree, ids);
    return `${formatMs(ms)}, ${formatShare(tree.totalMs > 0 ? ms / tree.totalMs : 0)} of all`;
  }
  function parentOf(id: string): string {
    return tree.nodes[Number(id)]?.parent ?? ROOT;
  }
  function pathTo(id: string): { id: string; name: string }[] {
    const node = id === ROOT ? undefined : tree.nodes[Number(id)];
    return node ? [...pathTo(node.parent), { id, name: node.name }] : [];
  }
}

function Legend({ origins }: { origins: readonly (keyof typeof ORIGIN_NAMES)[] }) {
  return (
    <ul className="jp-PyPerf-legend" aria-label="Colours of the boxes">
      {origins.map(origin => (
        <li key={origin}>
          <span className="jp-PyPerf-swatch" data-origin={origin} aria-hidden="true" />
          {ORIGIN_NAMES[origin]}
        </li>
      ))}
    </ul>
  );
}
