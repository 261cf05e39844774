/** What each line took, on the scale of the wall clock, whichever cells it ran in. Rules rest on these figures. */
import {
  OFF_CPU_CAUSES,
  type Cell,
  type Line,
  type OffCpuCause,
  type Source,
} from '../profile/index.ts';
import { sumOffCpu } from './off-cpu.ts';
import { textKey } from './source-key.ts';

/** A line of a cell or file, summed over the cells in which it ran. */
export interface LineHeat {
  readonly source: Source;
  readonly text: string | undefined;
  readonly function: string;
  /** Of the wall time of its cells: threads that work side by side share it. */
  selfMs: number;
  totalMs: number;
  samples: number;
  rssGrowthBytes: number;
  /** The parts of `selfMs`. */
  readonly offCpuMs: Record<OffCpuCause, number>;
  readonly callees: Map<string, number>;
}

export interface Heat {
  /** Of all cells. */
  readonly wallMs: number;
  /** By the text in which they stand (`textKey`), then by line number. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<number, LineHeat>>;
}

export function measureHeat(cells: readonly Cell[]): Heat {
  const texts = new Map<string, Map<number, LineHeat>>();
  for (const cell of cells) {
    const sampledMs = cell.lines.reduce((sum, line) => sum + line.selfMs, 0);
    if (sampledMs === 0) continue;
    // A second thread doubles the sampled time, never the cell's.
    const scale = Math.min(1, cell.wallTimeMs / sampledMs);
    for (const line of cell.lines) addLine(texts, line, scale, cell.wallTimeMs);
  }
  return { wallMs: cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0), texts };
}

function addLine(
  texts: Map<string, Map<number, LineHeat>>,
  line: Line,
  scale: number,
  wallMs: number,
): void {
  const heat = heatOf(texts, line);
  heat.selfMs += line.selfMs * scale;
  heat.totalMs += Math.min(line.totalMs * scale, wallMs);
  heat.samples += line.samples;
  heat.rssGrowthBytes += line.rssGrowthBytes;
  for (const cause of OFF_CPU_CAUSES) heat.offCpuMs[cause] += line.offCpuMs[cause] * scale;
  for (const { name, ms } of line.callees ?? [])
    heat.callees.set(name, (heat.callees.get(name) ?? 0) + ms * scale);
}

function heatOf(texts: Map<string, Map<number, LineHeat>>, line: Line): LineHeat {
  const key = textKey(line.source);
  const lines = texts.get(key) ?? new Map<number, LineHeat>();
  texts.set(key, lines);
  const known = lines.get(line.source.line);
  if (known) return known;
  const heat: LineHeat = {
    source: line.source,
    text: line.text,
    function: line.function,
    selfMs: 0,
    totalMs: 0,
    samples: 0,
    rssGrowthBytes: 0,
    offCpuMs: { disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 },
    callees: new Map(),
  };
  lines.set(line.source.line, heat);
  return heat;
}

/** What a stretch of lines took. */
export interface RangeHeat {
  readonly lines: readonly LineHeat[];
  /** In the lines themselves, library calls included. */
  readonly selfMs: number;
  /** With the user's own functions that they called. */
  readonly totalMs: number;
  readonly samples: number;
  readonly rssGrowthBytes: number;
  readonly offCpuMs: number;
}

/** @param last inclusive. */
export function heatOfLines(
  lines: ReadonlyMap<number, LineHeat> | undefined,
  first: number,
  last: number,
): RangeHeat {
  const found = [...(lines ?? [])].flatMap(([at, heat]) =>
    at >= first && at <= last ? [heat] : [],
  );
  const sum = (measure: (line: LineHeat) => number) =>
    found.reduce((total, line) => total + measure(line), 0);
  // A generator's or lambda's line has a frame of its own while the line around it waits: the greater counts.
  const byFunction = new Map<string, number>();
  for (const line of found)
    byFunction.set(line.function, (byFunction.get(line.function) ?? 0) + line.totalMs);
  const selfMs = sum(line => line.selfMs);
  return {
    lines: found,
    selfMs,
    totalMs: Math.max(selfMs, ...byFunction.values()),
    samples: sum(line => line.samples),
    rssGrowthBytes: sum(line => line.rssGrowthBytes),
    offCpuMs: sum(line => sumOffCpu(line.offCpuMs)),
  };
}
