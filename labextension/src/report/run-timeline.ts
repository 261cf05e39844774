/** The run as one timeline: the cells' measurements laid end to end, the user's pauses between cells left out. Pure. */
import type { Cell, Profile } from '../../../src/profile/index.ts';

export interface CellBand {
  /** Index into the profile's cells. */
  readonly cell: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** `null` where nothing was measured, so that no line is drawn across. Arrays are as long as `tMs`. */
export interface RunTimeline {
  readonly durationMs: number;
  readonly bands: readonly CellBand[];
  /** The middle of each slice. */
  readonly tMs: readonly number[];
  readonly rssBytes: readonly (number | null)[];
  readonly cpuCores: readonly (number | null)[];
  readonly readBytesPerSecond: readonly (number | null)[];
  readonly writeBytesPerSecond: readonly (number | null)[];
}

type Rate = 'cpuCores' | 'readBytesPerSecond' | 'writeBytesPerSecond';
const RATES: readonly Rate[] = ['cpuCores', 'readBytesPerSecond', 'writeBytesPerSecond'];

interface Slices {
  readonly sliceMs: number;
  readonly rssBytes: (number | null)[];
  /** Rate times milliseconds, and the milliseconds that it was measured for. */
  readonly rates: Record<Rate, number[]>;
  readonly measuredMs: number[];
}

/** @param count slices of equal length: the highest memory and the mean rates of each. */
export function joinRun({ cells }: Pick<Profile, 'cells'>, count = 800): RunTimeline {
  const bands = bandsOf(cells);
  const durationMs = bands.at(-1)?.endMs ?? 0;
  const slices = emptySlices(durationMs, durationMs > 0 ? count : 0);
  bands.forEach(band => {
    const cell = cells[band.cell];
    if (cell) addCell(slices, cell, band);
  });
  const rate = (name: Rate) =>
    slices.rates[name].map((sum, i) => {
      const measuredMs = slices.measuredMs[i] ?? 0;
      return measuredMs > 0 ? sum / measuredMs : null;
    });
  return {
    durationMs,
    bands,
    tMs: slices.rssBytes.map((_, i) => (i + 0.5) * slices.sliceMs),
    rssBytes: slices.rssBytes,
    cpuCores: rate('cpuCores'),
    readBytesPerSecond: rate('readBytesPerSecond'),
    writeBytesPerSecond: rate('writeBytesPerSecond'),
  };
}

function bandsOf(cells: readonly Cell[]): CellBand[] {
  let endMs = 0;
  return cells.map((cell, index) => {
    const startMs = endMs;
    endMs += cell.wallTimeMs;
    return { cell: index, startMs, endMs };
  });
}

const emptySlices = (durationMs: number, count: number): Slices => ({
  sliceMs: count > 0 ? durationMs / count : 0,
  rssBytes: Array<number | null>(count).fill(null),
  rates: {
    cpuCores: Array<number>(count).fill(0),
    readBytesPerSecond: Array<number>(count).fill(0),
    writeBytesPerSecond: Array<number>(count).fill(0),
  },
  measuredMs: Array<number>(count).fill(0),
});

function addCell(slices: Slices, cell: Cell, { startMs, endMs }: CellBand): void {
  const { series, peakMethod, peakRssBytes } = cell.memory;
  const knowsMemory = peakMethod !== 'unavailable';
  if (series.tMs.length === 0) {
    // Too short to be followed: its peak is known all the same.
    if (knowsMemory) eachSlice(slices, startMs, endMs, i => raise(slices, i, peakRssBytes));
    return;
  }
  let fromMs = startMs;
  series.tMs.forEach((tMs, point) => {
    const toMs = Math.min(endMs, startMs + tMs);
    eachSlice(slices, fromMs, toMs, (i, overlapMs) => {
      if (knowsMemory) raise(slices, i, series.rssBytes[point] ?? 0);
      slices.measuredMs[i] = (slices.measuredMs[i] ?? 0) + overlapMs;
      for (const name of RATES)
        slices.rates[name][i] =
          (slices.rates[name][i] ?? 0) + (series[name][point] ?? 0) * overlapMs;
    });
    fromMs = Math.max(fromMs, toMs);
  });
}

function raise({ rssBytes }: Slices, slice: number, value: number): void {
  rssBytes[slice] = Math.max(rssBytes[slice] ?? 0, value);
}

function eachSlice(
  { sliceMs, rssBytes }: Slices,
  fromMs: number,
  toMs: number,
  visit: (slice: number, overlapMs: number) => void,
): void {
  const first = Math.floor(fromMs / sliceMs);
  const last = Math.min(rssBytes.length - 1, Math.max(first, Math.ceil(toMs / sliceMs) - 1));
  for (let i = first; i <= last; i++) {
    const overlapMs = Math.min(toMs, (i + 1) * sliceMs) - Math.max(fromMs, i * sliceMs);
    visit(i, Math.max(0, overlapMs));
  }
}
