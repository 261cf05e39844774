/** One row a cell, for a spreadsheet or a data frame. Column names are stable and carry their units. */
import { OFF_CPU_CAUSES, type Cell, type Line } from '../profile/index.ts';
import type { CellReport, Report } from '../report/index.ts';
import { csvText } from './csv-text.ts';

/** Empty where a figure was not measured: a zero would be read as one. */
type Value = string | number | null | undefined;

export function renderCsv({ cells }: Report): string {
  const fields = Object.keys(COLUMNS);
  const data = cells.map(cell => Object.values(COLUMNS).map(read => read(cell) ?? ''));
  return csvText(fields, data);
}

const COLUMNS: Readonly<Record<string, (report: CellReport) => Value>> = {
  index: ({ cell }) => cell.index,
  cell_id: ({ cell }) => cell.cellId,
  execution_count: ({ cell }) => cell.executionCount,
  label: ({ label }) => label?.text,
  status: ({ cell }) => cell.status,
  error: ({ cell }) => cell.error && `${cell.error.name}: ${cell.error.message}`,
  started_at: ({ cell }) => cell.startedAt,
  queued_ms: ({ cell }) => round(cell.queuedMs, 3),
  wall_time_ms: ({ cell }) => round(cell.wallTimeMs, 3),
  share_of_run: ({ shareOfRun }) => round(shareOfRun, 6),
  cpu_user_ms: ({ cpu }) => round(cpu.value?.userMs, 3),
  cpu_system_ms: ({ cpu }) => round(cpu.value?.systemMs, 3),
  ...Object.fromEntries(
    OFF_CPU_CAUSES.map(cause => [
      `off_cpu_${cause}_ms`,
      ({ offCpu }: CellReport) => round(offCpu.value?.[cause], 3),
    ]),
  ),
  start_rss_bytes: ({ memory }) => memory.value?.startRssBytes,
  end_rss_bytes: ({ memory }) => memory.value?.endRssBytes,
  peak_rss_bytes: ({ memory }) => memory.value?.peakRssBytes,
  memory_method: ({ cell }) => cell.memory.peakMethod,
  read_bytes: ({ io }) => io.value?.readBytes,
  write_bytes: ({ io }) => io.value?.writeBytes,
  storage_read_bytes: ({ io }) => io.value?.storageReadBytes,
  storage_write_bytes: ({ io }) => io.value?.storageWriteBytes,
  queries: ({ cell }) => (isTraced(cell) ? sum(cell.queries, query => query.count) : null),
  query_ms: ({ cell }) =>
    isTraced(cell)
      ? round(
          sum(cell.queries, query => query.totalMs),
          3,
        )
      : null,
  requests: ({ cell }) => cell.requests && sum(cell.requests, request => request.count),
  request_ms: ({ cell }) =>
    round(cell.requests && sum(cell.requests, request => request.totalMs), 3),
  lock_wait_ms: ({ cell }) => round(cell.lockWaits && sum(cell.lockWaits, wait => wait.waitMs), 3),
  container_growth_bytes: ({ cell }) =>
    cell.containers && sum(cell.containers, container => container.growthBytes),
  hottest_line: report => hottest(report)?.source.line,
  hottest_file: report => {
    const source = hottest(report)?.source;
    return source && 'file' in source ? source.file : null;
  },
  hottest_share: report => round(hottest(report)?.share, 6),
  time_method: ({ cell }) => cell.timeMethod,
  sampling_method: ({ cell }) => cell.sampling.method,
  samples: ({ cell }) => cell.sampling.samples,
  dropped: ({ cell }) => cell.sampling.dropped,
};

const sum = <T>(items: readonly T[], read: (item: T) => number) =>
  items.reduce((total, item) => total + read(item), 0);

/** Without statements a note says that nobody looked for them. */
const isTraced = (cell: Cell) => cell.queries.length > 0 || cell.tracingNote === undefined;

function hottest({ cell }: CellReport): Line | undefined {
  return cell.lines.reduce<Line | undefined>(
    (best, line) => (line.selfMs > (best?.selfMs ?? 0) ? line : best),
    undefined,
  );
}

const round = (value: number | undefined, decimals: number): Value =>
  value === undefined ? null : Number(value.toFixed(decimals));
