/** What the memory went to: variables, lines, processes. */
import type { Line, Process, Variable } from '../../../src/profile/index.ts';
import {
  formatBytes,
  formatGrowth,
  formatMeasured,
  formatMs,
  formatSource,
  plain,
} from '../../../src/render/format.ts';
import { memoryMethodWords } from '../../../src/render/memory-words.ts';
import type { CellReport } from '../../../src/report/index.ts';
import { Containers } from './containers.tsx';
import { Code } from './lines/code.tsx';
import { WORTH_TELLING_BYTES } from './lines/line-rows.ts';
import type { OpenLine } from './lines/lines-view.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { SizeBar } from './size-bar.tsx';
import { SourceLink } from './source-link.tsx';

export const hasMemory = (report: CellReport): boolean =>
  report.cell.variables.length > 0 ||
  (report.cell.containers?.length ?? 0) > 0 ||
  grownLines(report).length > 0 ||
  report.cell.processes.length > 1;

export function MemoryView(props: { report: CellReport; onOpenLine?: OpenLine | undefined }) {
  const { report, onOpenLine } = props;
  const { variables, containers = [], processes } = report.cell;
  const lines = grownLines(report);
  return (
    <>
      <p className="jp-PyPerf-muted">
        {formatMeasured(
          report.memory,
          ({ startRssBytes, endRssBytes, peakRssBytes }) =>
            `From ${formatBytes(startRssBytes)} to ${formatBytes(endRssBytes)}, peak ${formatBytes(peakRssBytes)}`,
        )}
        ; {memoryMethodWords(report.cell.memory.peakMethod)}.
      </p>
      {variables.length > 0 && (
        <DataTable
          caption="Variables"
          showCaption
          columns={variableColumns(variables)}
          rows={variables}
          rowKey={variable => variable.name}
          initialOrder={{ column: 'size', descending: true }}
          limit={20}
        />
      )}
      {containers.length > 0 && <Containers containers={containers} />}
      {lines.length > 0 && (
        <DataTable
          caption="Lines that grew the memory"
          showCaption
          columns={growthColumns(lines, report, onOpenLine)}
          rows={lines}
          rowKey={line => formatSource(line.source) + line.function}
          initialOrder={{ column: 'growth', descending: true }}
          limit={12}
        />
      )}
      {processes.length > 1 && (
        <DataTable
          caption="Processes"
          showCaption
          columns={PROCESS_COLUMNS}
          rows={processes}
          rowKey={process => process.pid}
          initialOrder={{ column: 'memory', descending: true }}
          limit={12}
        />
      )}
    </>
  );
}

/** Traced allocations where there are any, they are exact; else growth of resident memory. */
const grownBytes = (line: Line): number => line.tracedBytes ?? line.rssGrowthBytes;

const grownLines = ({ cell }: CellReport): Line[] =>
  cell.lines.filter(line => Math.abs(grownBytes(line)) >= WORTH_TELLING_BYTES);

function variableColumns(variables: readonly Variable[]): Column<Variable>[] {
  const largest = Math.max(1, ...variables.map(variable => variable.sizeBytes));
  return [
    {
      id: 'name',
      title: 'Variable',
      isRowHeader: true,
      render: ({ name }) => <code className="jp-PyPerf-name">{plain(name, 80)}</code>,
      sortBy: ({ name }) => name,
    },
    {
      id: 'type',
      title: 'Type',
      render: ({ type }) => plain(type, 60),
      sortBy: ({ type }) => type,
    },
    { id: 'shape', title: 'Shape', render: ({ shape }) => plain(shape ?? '', 60) },
    {
      id: 'size',
      title: 'Size',
      numeric: true,
      hint: 'With everything that it holds; memory that several names share counts once',
      render: ({ sizeBytes, partial }) => `${partial ? 'at least ' : ''}${formatBytes(sizeBytes)}`,
      sortBy: ({ sizeBytes }) => sizeBytes,
    },
    {
      id: 'bar',
      title: '',
      className: 'jp-PyPerf-barCell',
      render: ({ sizeBytes }) => <SizeBar share={sizeBytes / largest} kind="memory" />,
    },
    {
      id: 'growth',
      title: 'Growth',
      numeric: true,
      hint: 'During this cell',
      render: ({ growthBytes }) => (growthBytes === undefined ? 'new' : formatGrowth(growthBytes)),
      sortBy: ({ growthBytes, sizeBytes }) => growthBytes ?? sizeBytes,
    },
    ...(variables.some(variable => variable.sharedWith)
      ? [
          {
            id: 'shared',
            title: 'Shares its memory with',
            render: ({ sharedWith }: Variable) =>
              sharedWith && <code className="jp-PyPerf-name">{plain(sharedWith, 80)}</code>,
          },
        ]
      : []),
  ];
}

function growthColumns(
  lines: readonly Line[],
  { cell }: CellReport,
  onOpenLine: OpenLine | undefined,
): Column<Line>[] {
  const isTraced = lines.some(line => line.tracedBytes !== undefined);
  const largest = Math.max(1, ...lines.map(line => Math.abs(grownBytes(line))));
  return [
    {
      id: 'where',
      title: 'Line',
      isRowHeader: true,
      render: ({ source }) => (
        <SourceLink source={source} onOpen={onOpenLine && (at => onOpenLine(at, cell))} />
      ),
      sortBy: ({ source }) => source.line,
    },
    {
      id: 'growth',
      title: isTraced ? 'Allocated' : 'Growth',
      numeric: true,
      hint: isTraced
        ? 'Python allocations that are still alive'
        : 'Of resident memory; freed and reused memory does not show',
      render: line => formatGrowth(grownBytes(line)),
      sortBy: grownBytes,
    },
    {
      id: 'bar',
      title: '',
      className: 'jp-PyPerf-barCell',
      render: line => <SizeBar share={Math.max(0, grownBytes(line)) / largest} kind="memory" />,
    },
    {
      id: 'code',
      title: 'Code',
      className: 'jp-PyPerf-codeCell',
      render: line => <Code text={line.text?.trim() ?? `in ${line.function}`} />,
    },
  ];
}

const PROCESS_COLUMNS: readonly Column<Process>[] = [
  {
    id: 'name',
    title: 'Process',
    isRowHeader: true,
    render: ({ name, pid }) => `${plain(name, 80)} (${pid})`,
    sortBy: ({ name }) => name,
  },
  {
    id: 'cpu',
    title: 'CPU time',
    numeric: true,
    render: ({ cpuMs }) => formatMs(cpuMs),
    sortBy: ({ cpuMs }) => cpuMs,
  },
  {
    id: 'memory',
    title: 'Peak memory',
    numeric: true,
    render: ({ peakRssBytes }) => formatBytes(peakRssBytes),
    sortBy: ({ peakRssBytes }) => peakRssBytes,
  },
  {
    id: 'state',
    title: '',
    render: ({ exited }) => (exited ? 'ended' : ''),
  },
];
