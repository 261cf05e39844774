/** @jsxImportSource preact */
/** Tables of what was held and touched: variables, files, processes, and the run's functions. */
import type { Cell, FileIo, Process, Variable } from '../../profile/index.ts';
import type { Report } from '../../report/index.ts';
import {
  formatBytes,
  formatCount,
  formatGrowth,
  formatMs,
  formatShare,
  formatSource,
  orNotMeasured,
  plain,
} from '../format.ts';
import { variableWords } from '../memory-words.ts';
import { functionName } from '../words.ts';
import { Table } from './parts.tsx';

const TOP = 12;

export const Variables = ({ variables }: { variables: readonly Variable[] }) => (
  <Table
    caption="Largest variables"
    rows={[...variables].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, TOP)}
    columns={[
      { name: 'Variable', cell: v => <code>{plain(v.name, 80)}</code> },
      {
        name: 'Type',
        cell: v =>
          v.sharedWith
            ? `${variableWords(v)}, shares its memory with ${plain(v.sharedWith, 80)}`
            : variableWords(v),
      },
      {
        name: 'Size',
        number: true,
        cell: v => `${v.partial ? 'at least ' : ''}${formatBytes(v.sizeBytes)}`,
      },
      {
        name: 'Growth',
        number: true,
        cell: v => (v.growthBytes === undefined ? 'new' : formatGrowth(v.growthBytes)),
      },
    ]}
  />
);

export const Files = ({ files }: { files: readonly FileIo[] }) => (
  <Table
    caption="Files"
    rows={files.slice(0, TOP)}
    columns={[
      { name: 'File', cell: file => <code>{plain(file.path)}</code> },
      { name: 'Waited', number: true, cell: file => formatMs(file.waitMs) },
      {
        name: 'Opened',
        number: true,
        cell: file => orNotMeasured(file.opens, formatCount),
      },
      { name: 'Read', number: true, cell: file => orNotMeasured(file.readBytes, formatBytes) },
      { name: 'Written', number: true, cell: file => orNotMeasured(file.writeBytes, formatBytes) },
      { name: 'By', cell: file => (file.sources ?? []).map(formatSource).join(', ') },
    ]}
  />
);

/** Only where there is more than the kernel itself. */
export const Processes = ({ processes }: { processes: Cell['processes'] }) => (
  <Table<Process>
    caption="Processes"
    rows={processes.length > 1 ? processes.slice(0, TOP) : []}
    columns={[
      { name: 'Process', cell: p => `${plain(p.name, 80)} (${p.pid})` },
      { name: 'CPU', number: true, cell: p => formatMs(p.cpuMs) },
      { name: 'Peak memory', number: true, cell: p => formatBytes(p.peakRssBytes) },
    ]}
  />
);

export function HotSpots({ report }: { report: Report }) {
  const { functions, lines, cells } = report;
  if (cells.length < 2 || (functions.length === 0 && lines.length === 0)) return null;
  return (
    <section>
      <h2>Where the time went</h2>
      <Table
        caption="Lines"
        rows={lines.slice(0, TOP)}
        columns={[
          { name: 'Line', cell: line => <code>{formatSource(line.source)}</code> },
          {
            name: 'Code',
            cell: line => <code>{plain(line.text ?? `in ${line.function}`, 120)}</code>,
          },
          { name: 'Time', number: true, cell: line => formatMs(line.selfMs) },
          { name: 'Share of the run', number: true, cell: line => formatShare(line.shareOfRun) },
        ]}
      />
      <Table
        caption="Functions, the library calls they made included"
        rows={functions.slice(0, TOP)}
        columns={[
          { name: 'Function', cell: fn => <code>{functionName(fn, report)}</code> },
          { name: 'Time', number: true, cell: fn => formatMs(fn.selfMs) },
          { name: 'Share of the run', number: true, cell: fn => formatShare(fn.shareOfRun) },
        ]}
      />
      <Variables variables={report.memory.consumers} />
    </section>
  );
}
