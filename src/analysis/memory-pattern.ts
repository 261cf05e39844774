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
/** Of the rise, what is kept at the end of something other than a `peak`. */
const KEPT = 0.5;

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
  const line = fitLine(tMs, rssBytes);
  return line.fit >= STEADY_FIT
    ? { kind: 'steady', growthBytes, bytesPerSecond: line.slope * 1000 }
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

/** Least squares. @returns bytes a millisecond, and the share of the variance that the line explains. */
function fitLine(x: readonly number[], y: readonly number[]): { slope: number; fit: number } {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const dx = value - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (xx === 0 || yy === 0) return { slope: 0, fit: 0 };
  return { slope: xy / xx, fit: (xy * xy) / (xx * yy) };
}
