/** What was read and written, and what databases were asked. */
import type { Cell, FileIo, Query } from '../../../src/profile/index.ts';
import {
  formatBytes,
  formatCount,
  formatMeasured,
  formatMs,
  formatSource,
  NOT_MEASURED,
  plain,
} from '../../../src/render/format.ts';
import type { CellReport } from '../../../src/report/index.ts';
import { DataTable, type Column } from './data-table.tsx';
import type { OpenLine } from './lines/lines-view.tsx';
import { SourceLink } from './source-link.tsx';

export const hasIo = ({ cell }: CellReport): boolean =>
  cell.io.files.length > 0 || cell.queries.length > 0;

export function IoView(props: { report: CellReport; onOpenLine?: OpenLine | undefined }) {
  const { report, onOpenLine } = props;
  const { cell } = report;
  return (
    <>
      <p className="jp-PyPerf-muted">
        {formatMeasured(
          report.io,
          io =>
            `Read ${formatBytes(io.readBytes)} (from storage ${formatBytes(io.storageReadBytes)}), ` +
            `written ${formatBytes(io.writeBytes)} (to storage ${formatBytes(io.storageWriteBytes)})`,
        )}
        .
      </p>
      {cell.io.files.length > 0 && (
        <DataTable
          caption="Files"
          showCaption
          columns={FILE_COLUMNS}
          rows={cell.io.files}
          rowKey={file => file.path}
          initialOrder={{ column: 'wait', descending: true }}
          limit={20}
        />
      )}
      {cell.queries.length > 0 && (
        <DataTable
          caption="Queries"
          showCaption
          columns={queryColumns(cell, onOpenLine)}
          rows={cell.queries}
          rowKey={query =>
            `${query.system} ${query.statement} ${query.source ? formatSource(query.source) : ''}`
          }
          initialOrder={{ column: 'time', descending: true }}
          limit={20}
        />
      )}
    </>
  );
}

const bytesOrNot = (bytes: number | undefined) =>
  bytes === undefined ? NOT_MEASURED : formatBytes(bytes);

const FILE_COLUMNS: readonly Column<FileIo>[] = [
  {
    id: 'path',
    title: 'File',
    isRowHeader: true,
    render: ({ path }) => <code className="jp-PyPerf-name">{plain(path)}</code>,
    sortBy: ({ path }) => path,
  },
  {
    id: 'wait',
    title: 'Waited',
    numeric: true,
    hint: 'Time in calls on this file, as samples saw it',
    render: ({ waitMs }) => formatMs(waitMs),
    sortBy: ({ waitMs }) => waitMs,
  },
  {
    id: 'read',
    title: 'Read',
    numeric: true,
    render: ({ readBytes }) => bytesOrNot(readBytes),
    sortBy: ({ readBytes }) => readBytes ?? null,
  },
  {
    id: 'written',
    title: 'Written',
    numeric: true,
    render: ({ writeBytes }) => bytesOrNot(writeBytes),
    sortBy: ({ writeBytes }) => writeBytes ?? null,
  },
];

const queryColumns = (cell: Cell, onOpenLine: OpenLine | undefined): Column<Query>[] => [
  {
    id: 'statement',
    title: 'Statement',
    isRowHeader: true,
    render: ({ statement }) => <code className="jp-PyPerf-name">{plain(statement, 300)}</code>,
    sortBy: ({ statement }) => statement,
  },
  {
    id: 'system',
    title: 'System',
    render: ({ system }) => plain(system, 40),
    sortBy: ({ system }) => system,
  },
  {
    id: 'from',
    title: 'From',
    render: ({ source }) =>
      source && <SourceLink source={source} onOpen={onOpenLine && (at => onOpenLine(at, cell))} />,
  },
  {
    id: 'count',
    title: 'Times',
    numeric: true,
    render: ({ count }) => formatCount(count),
    sortBy: ({ count }) => count,
  },
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    render: ({ totalMs }) => formatMs(totalMs),
    sortBy: ({ totalMs }) => totalMs,
  },
];
