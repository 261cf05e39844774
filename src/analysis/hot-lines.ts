/** Where the run's time went, by line: lines of all cells on one scale. */
import {
  byteDelta,
  ms,
  share,
  shareOf,
  type ByteDelta,
  type Cell,
  type Line,
  type Milliseconds,
  type OffCpu,
  type Share,
  type Source,
} from '../profile/index.ts';
import { addOffCpu } from './off-cpu.ts';

export interface HotLine {
  readonly source: Source;
  readonly text: string | null;
  readonly function: string;
  /** Indices of the profile's cells in which it ran. A file's line can run in several. */
  readonly cells: readonly number[];
  readonly selfMs: Milliseconds;
  readonly totalMs: Milliseconds;
  /** Of the run's wall time: the line's share of its cell, weighted by that cell's share of the run. */
  readonly shareOfRun: Share;
  readonly offCpuMs: OffCpu;
  readonly rssGrowthBytes: ByteDelta;
}

/** All lines with time of their own, hottest first. */
export function findHotLines(cells: readonly Cell[]): HotLine[] {
  const runMs = cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0);
  const merged = new Map<string, HotLine>();
  cells.forEach((cell, index) => {
    for (const line of cell.lines) {
      const key = sourceKey(line.source, cells, index);
      const hot = toHotLine(line, index, shareOf(line.share * cell.wallTimeMs, runMs));
      const known = merged.get(key);
      merged.set(key, known ? merge(known, hot) : hot);
    }
  });
  return [...merged.values()]
    .filter(line => line.selfMs > 0)
    .sort((a, b) => b.shareOfRun - a.shareOfRun);
}

/** The same line whichever cell called it, and another line after a restart has set the count back. */
function sourceKey(source: Source, cells: readonly Cell[], running: number): string {
  if ('file' in source) return `${source.line} ${source.file}`;
  return `${source.line} [${cellOfSource(source, cells, running)}]`;
}

/** Index of the cell that a source names, as seen while cell `running` ran; -1 when it is not in the profile. */
function cellOfSource(source: Source, cells: readonly Cell[], running: number): number {
  if ('file' in source) return -1;
  // From the cell itself backwards: its own lines, most of all, are found at once.
  for (let i = running; i >= 0; i--)
    if (cells[i]?.executionCount === source.executionCount) return i;
  return -1;
}

const toHotLine = (line: Line, cell: number, shareOfRun: Share): HotLine => ({
  source: line.source,
  text: line.text ?? null,
  function: line.function,
  cells: [cell],
  selfMs: line.selfMs,
  totalMs: line.totalMs,
  shareOfRun,
  offCpuMs: line.offCpuMs,
  rssGrowthBytes: line.rssGrowthBytes,
});

const merge = (a: HotLine, b: HotLine): HotLine => ({
  ...a,
  text: a.text ?? b.text,
  cells: [...new Set([...a.cells, ...b.cells])],
  selfMs: ms(a.selfMs + b.selfMs),
  totalMs: ms(a.totalMs + b.totalMs),
  shareOfRun: share(a.shareOfRun + b.shareOfRun),
  offCpuMs: addOffCpu([a.offCpuMs, b.offCpuMs]),
  rssGrowthBytes: byteDelta(a.rssGrowthBytes + b.rssGrowthBytes),
});
