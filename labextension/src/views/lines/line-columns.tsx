/** The columns of the table of lines. */
import { OFF_CPU_CAUSES } from '../../../../src/profile/causes.ts';
import {
  formatBytes,
  formatCount,
  formatGrowth,
  formatMs,
  formatShare,
  plain,
} from '../../../../src/render/format.ts';
import { Code } from './code.tsx';
import type { Column } from '../data-table.tsx';
import { timeParts, waitMs, WORTH_TELLING_BYTES, type LineRow } from './line-rows.ts';
import { TimeBar } from './time-bar.tsx';
import type { Token } from './tokens.ts';

export interface LineColumnOptions {
  /** The hottest line's own time: the length of a whole bar. */
  readonly wholeMs: number;
  readonly tokens?: ReadonlyMap<string, readonly Token[]> | undefined;
  readonly onOpen?: ((row: LineRow) => void) | undefined;
  readonly hasTraced: boolean;
  readonly hasWaits: boolean;
}

export function lineColumns(options: LineColumnOptions): Column<LineRow>[] {
  const { wholeMs, tokens, onOpen, hasTraced, hasWaits } = options;
  const figure = (read: (line: NonNullable<LineRow['line']>) => number) => (row: LineRow) =>
    row.line && row.line.selfMs > 0 ? read(row.line) : null;
  return [
    {
      id: 'line',
      title: 'Line',
      isRowHeader: true,
      numeric: true,
      className: 'jp-PyPerf-lineNumber',
      render: row => <Place row={row} onOpen={onOpen} />,
    },
    {
      id: 'share',
      title: 'Share',
      numeric: true,
      className: 'jp-PyPerf-lineShare',
      hint: "Of the time sampled in your own code; a line's library calls are its own",
      render: ({ line }) => (line && line.selfMs > 0 ? formatShare(line.share) : ''),
      sortBy: figure(line => line.share),
    },
    {
      id: 'time',
      title: 'Time',
      numeric: true,
      hint: 'While this was the innermost line of your own code',
      render: ({ line }) => (line && line.selfMs > 0 ? formatMs(line.selfMs) : ''),
      sortBy: figure(line => line.selfMs),
    },
    {
      id: 'parts',
      title: hasWaits ? 'CPU and waiting' : 'CPU',
      className: 'jp-PyPerf-barCell',
      hint: 'The bar: computing, and waiting by cause',
      render: ({ line }) =>
        line && line.selfMs > 0 ? <TimeBar parts={timeParts(line)} wholeMs={wholeMs} /> : '',
      ...(hasWaits && { numeric: false, sortBy: figure(line => -waitMs(line)) }),
    },
    {
      id: 'memory',
      title: hasTraced ? 'Allocated' : 'Memory',
      numeric: true,
      hint: hasTraced
        ? 'Python allocations of this line that are still alive'
        : 'Growth of resident memory while this line ran',
      render: ({ line }) => (line ? memoryWords(line) : ''),
      sortBy: ({ line }) =>
        line === null ? null : hasTraced ? (line.tracedBytes ?? null) : line.rssGrowthBytes,
    },
    {
      id: 'samples',
      title: 'Samples',
      numeric: true,
      className: 'jp-PyPerf-samples',
      hint: 'How often the sampler met this line: few samples are a rough figure',
      render: ({ line }) => (line && line.samples > 0 ? formatCount(line.samples) : ''),
      sortBy: ({ line }) => line?.samples ?? null,
    },
    {
      id: 'code',
      title: 'Code',
      className: 'jp-PyPerf-codeCell',
      render: row => (
        <>
          <Code text={row.text} tokens={tokens?.get(row.key)} />
          <Callees row={row} />
        </>
      ),
    },
  ];
}

function memoryWords({ tracedBytes, rssGrowthBytes }: NonNullable<LineRow['line']>): string {
  if (tracedBytes !== undefined) return formatBytes(tracedBytes);
  return Math.abs(rssGrowthBytes) >= WORTH_TELLING_BYTES ? formatGrowth(rssGrowthBytes) : '';
}

function Place({ row, onOpen }: { row: LineRow; onOpen?: ((row: LineRow) => void) | undefined }) {
  if (!onOpen) return <>{row.label}</>;
  return (
    <button
      type="button"
      className="jp-PyPerf-link"
      aria-label={`Go to line ${row.label}`}
      title={'file' in row.source ? plain(row.source.file) : undefined}
      onClick={event => {
        // The row itself does the same.
        event.stopPropagation();
        onOpen(row);
      }}
    >
      {row.label}
    </button>
  );
}

/** Whom the line called, where that says more than the line: the largest few. */
function Callees({ row: { line } }: { row: LineRow }) {
  const calls = (line?.callees ?? [])
    .filter(call => line && call.ms >= line.selfMs * 0.1)
    .slice(0, 3)
    .map(({ name, ms }) => `${plain(name, 60)} ${formatMs(ms)}`);
  if (calls.length === 0) return null;
  return <span className="jp-PyPerf-callees">in {calls.join(', ')}</span>;
}

export const hasWaiting = (rows: readonly LineRow[]): boolean =>
  rows.some(({ line }) => line && OFF_CPU_CAUSES.some(cause => line.offCpuMs[cause] > 0));
