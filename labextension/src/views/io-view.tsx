/** What was read and written, file by file, and below it databases, HTTP and locks. */
import type { Cell, FileIo } from '../../../src/profile/index.ts';
import {
  formatBytes,
  formatCount,
  formatMeasured,
  formatMs,
  orNotMeasured,
  plain,
} from '../../../src/render/format.ts';
import type { CellReport } from '../../../src/report/index.ts';
import { DataTable, type Column } from './data-table.tsx';
import type { OpenLine } from './lines/lines-view.tsx';
import { SourceLink } from './source-link.tsx';
import { hasTraffic, TrafficView } from './traffic-view.tsx';

export const hasIo = (report: CellReport): boolean =>
  report.cell.io.files.length > 0 || hasTraffic(report);

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
          columns={fileColumns(cell, onOpenLine)}
          rows={cell.io.files}
          rowKey={file => file.path}
          initialOrder={{ column: 'wait', descending: true }}
          limit={20}
        />
      )}
      {hasTraffic(report) && <TrafficView {...{ report, onOpenLine }} />}
    </>
  );
}

const fileColumns = (cell: Cell, onOpenLine: OpenLine | undefined): Column<FileIo>[] => [
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
    id: 'opens',
    isMeasured: ({ opens }) => opens !== undefined,
    title: 'Opened',
    hint: 'How often, and by which lines',
    numeric: true,
    render: ({ opens }) => orNotMeasured(opens, formatCount),
    sortBy: ({ opens }) => opens ?? null,
  },
  {
    id: 'by',
    isMeasured: ({ sources = [] }) => sources.length > 0,
    title: 'By',
    render: ({ sources = [] }) =>
      sources.map((source, i) => (
        <span key={i}>
          <SourceLink source={source} onOpen={onOpenLine && (at => onOpenLine(at, cell))} />{' '}
        </span>
      )),
  },
  {
    id: 'read',
    isMeasured: ({ readBytes }) => readBytes !== undefined,
    title: 'Read',
    numeric: true,
    render: ({ readBytes }) => orNotMeasured(readBytes, formatBytes),
    sortBy: ({ readBytes }) => readBytes ?? null,
  },
  {
    id: 'written',
    isMeasured: ({ writeBytes }) => writeBytes !== undefined,
    title: 'Written',
    numeric: true,
    render: ({ writeBytes }) => orNotMeasured(writeBytes, formatBytes),
    sortBy: ({ writeBytes }) => writeBytes ?? null,
  },
];
