/** How memory went over time, as far as the samples support a word for it. */
import { ms, type Bytes, type Cell, type Milliseconds, type Series } from '../profile/index.ts';

export type MemoryPattern =
  | { readonly kind: 'flat' }
  /** Grew all the way, at about one rate. */
  | { readonly kind: 'steady'; readonly growthBytes: number; readonly bytesPerSecond: number }
  /** Grew within a short part of the time and kept it: at once, or quickly. */
  | { readonly kind: 'step' | 'rapid'; readonly growthBytes: number; readonly atMs: number }
  /** Rose and was given back. */
  | { readonly kind: 'peak'; readonly riseBytes: number; readonly atMs: number }
  /** Rose and fell again and again, about as high and as low each time. */
  | { readonly kind: 'saw-tooth'; readonly riseBytes: number; readonly cycles: number }
  /** The same, and each time a little higher: what a leak in a loop looks like. */
  | {
      readonly kind: 'cyclical';
      readonly growthBytes: number;
      readonly bytesPerSecond: number;
      readonly cycles: number;
    }
  | { readonly kind: 'varying'; readonly growthBytes: number };

/** Below this many points a line through them says nothing. */
const MIN_POINTS = 8;
/** Allocator noise: less than both counts as flat. */
const FLAT_BYTES = 16e6;
const FLAT_SHARE = 0.05;
/** "Quickly": most of the growth within this part of the time. */
const MOST = 0.8;
const STEP_TIME = 0.1;
const RAPID_TIME = 0.34;
/** A straight line explains this much of the variance (r²) of a steady growth. */
const STEADY_FIT = 0.9;
/** Of the points, those that no line must explain. */
const WILD = 0.1;
/** Of the rise, what is kept at the end of something other than a `peak`. */
const KEPT = 0.5;
/** Of the whole range: a smaller rise or fall is no cycle. */
const SWING = 0.25;
const MIN_CYCLES = 3;
/** Of the range, what the trend must have added. */
const TREND = 0.25;

export type MemoryLine = Pick<Series, 'tMs' | 'rssBytes'>;

/** Points kept of a whole run's line: more than a screen shows. */
const MAX_POINTS = 1000;

/** The cells' samples laid end to end, the user's pauses between cells left out. */
export function joinMemory(cells: readonly Cell[]): MemoryLine {
  let startMs = 0;
  const points: { tMs: Milliseconds; rssBytes: Bytes }[] = [];
  for (const { memory, wallTimeMs } of cells) {
    memory.series.rssBytes.forEach((rssBytes, i) => {
      points.push({ tMs: ms(startMs + (memory.series.tMs[i] ?? 0)), rssBytes });
    });
    startMs += wallTimeMs;
  }
  const kept = thin(points);
  return { tMs: kept.map(point => point.tMs), rssBytes: kept.map(point => point.rssBytes) };
}

/** One point of every few, the highest, so that no peak is lost. */
function thin<T extends { rssBytes: Bytes }>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / MAX_POINTS);
  if (step <= 1) return [...points];
  return Array.from({ length: Math.ceil(points.length / step) }, (_, i) =>
    points
      .slice(i * step, (i + 1) * step)
      .reduce((best, point) => (point.rssBytes > best.rssBytes ? point : best)),
  );
}

/** @returns null when there are too few samples to say. */
export function findMemoryPattern({ tMs, rssBytes }: MemoryLine): MemoryPattern | null {
  const durationMs = (tMs.at(-1) ?? 0) - (tMs[0] ?? 0);
  if (tMs.length < MIN_POINTS || durationMs <= 0) return null;
  const low = Math.min(...rssBytes);
  const high = Math.max(...rssBytes);
  if (high - low < Math.max(FLAT_BYTES, FLAT_SHARE * high)) return { kind: 'flat' };

  const cycles = swings(rssBytes, SWING * (high - low));
  if (cycles >= MIN_CYCLES) {
    const slope = medianSlope(tMs, rssBytes);
    const growthBytes = slope * durationMs;
    return growthBytes >= TREND * (high - low)
      ? { kind: 'cyclical', growthBytes, bytesPerSecond: slope * 1000, cycles }
      : { kind: 'saw-tooth', riseBytes: high - low, cycles };
  }
  const growthBytes = (rssBytes.at(-1) ?? 0) - (rssBytes[0] ?? 0);
  if (growthBytes < KEPT * (high - low)) {
    const top = rssBytes.findIndex(rss => rss === high);
    const riseBytes = high - (rssBytes[0] ?? 0);
    return riseBytes > KEPT * (high - low)
      ? { kind: 'peak', riseBytes, atMs: tMs[top] ?? 0 }
      : { kind: 'varying', growthBytes };
  }
  const burst = shortestRise(tMs, rssBytes, MOST * growthBytes);
  const part = burst.lengthMs / durationMs;
  if (part <= RAPID_TIME) {
    return { kind: part <= STEP_TIME ? 'step' : 'rapid', growthBytes, atMs: burst.fromMs };
  }
  const slope = medianSlope(tMs, rssBytes);
  return fitOfLine(slope, tMs, rssBytes) >= STEADY_FIT
    ? { kind: 'steady', growthBytes, bytesPerSecond: slope * 1000 }
    : { kind: 'varying', growthBytes };
}

/** The shortest time within which memory rose by `rise` bytes. Quadratic, over 500 points a cell at most. */
function shortestRise(tMs: readonly number[], rssBytes: readonly number[], rise: number) {
  let best = { fromMs: tMs[0] ?? 0, lengthMs: Infinity };
  for (const [i, rss] of rssBytes.entries()) {
    for (let j = i + 1; j < rssBytes.length; j++) {
      const lengthMs = (tMs[j] ?? 0) - (tMs[i] ?? 0);
      if (lengthMs >= best.lengthMs) break;
      if ((rssBytes[j] ?? 0) - rss >= rise) best = { fromMs: tMs[i] ?? 0, lengthMs };
    }
  }
  return best;
}

/** How often it fell by so much after it had risen by so much. */
function swings(values: readonly number[], least: number): number {
  let [low, high, count] = [values[0] ?? 0, values[0] ?? 0, 0];
  let rising = false;
  for (const value of values) {
    if (rising) {
      high = Math.max(high, value);
      if (value > high - least) continue;
      count++;
      [rising, low] = [false, value];
    } else {
      low = Math.min(low, value);
      if (value >= low + least) [rising, high] = [true, value];
    }
  }
  return count;
}

/** More points say no more, and pairs of them grow with the square. */
const MAX_SLOPE_POINTS = 200;

/** Theil and Sen's: the median over all pairs, which a few wild points do not move. @returns bytes a millisecond. */
function medianSlope(tMs: readonly number[], rssBytes: readonly number[]): number {
  const step = Math.ceil(tMs.length / MAX_SLOPE_POINTS);
  const points = tMs.flatMap((t, i) => (i % step === 0 ? [[t, rssBytes[i] ?? 0] as const] : []));
  return median(
    points.flatMap(([t, rss], i) =>
      points.slice(i + 1).flatMap(([u, later]) => (u > t ? [(later - rss) / (u - t)] : [])),
    ),
  );
}

/** @returns the share of the variance that a line of this slope explains, the wildest points left out. */
function fitOfLine(slope: number, x: readonly number[], y: readonly number[]): number {
  const rest = y.map((value, i) => value - slope * (x[i] ?? 0));
  const middle = median(rest);
  const points = y
    .map((value, i) => ({ value, off: Math.abs((rest[i] ?? 0) - middle) }))
    .sort((a, b) => a.off - b.off)
    .slice(0, Math.ceil(y.length * (1 - WILD)));
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  const total = points.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  return total === 0 ? 0 : 1 - points.reduce((sum, { off }) => sum + off ** 2, 0) / total;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
