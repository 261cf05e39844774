/** The unit in which a time axis reads best, and its zoom. Pure. */

export interface TimeUnit {
  readonly name: 'ms' | 's' | 'min' | 'h';
  readonly ms: number;
}

const UNITS: readonly (TimeUnit & { readonly fromMs: number })[] = [
  { name: 'h', ms: 3_600_000, fromMs: 10_800_000 },
  { name: 'min', ms: 60_000, fromMs: 300_000 },
  { name: 's', ms: 1000, fromMs: 2000 },
  { name: 'ms', ms: 1, fromMs: 0 },
];

export const timeUnit = (durationMs: number): TimeUnit =>
  UNITS.find(unit => durationMs >= unit.fromMs) ?? { name: 'ms', ms: 1 };

/** Milliseconds since the start. */
export type TimeRange = readonly [fromMs: number, toMs: number];

/** @param factor 0.5 shows half of the time, 2 twice as much, around the middle. */
export function zoomed([from, to]: TimeRange, factor: number, durationMs: number): TimeRange {
  const length = Math.min(durationMs, (to - from) * factor);
  const middle = (from + to) / 2;
  return within([middle - length / 2, middle + length / 2], durationMs);
}

/** @param part of what is shown: 0.5 goes on by half a screen, less than 0 back. */
export function moved([from, to]: TimeRange, part: number, durationMs: number): TimeRange {
  const by = (to - from) * part;
  return within([from + by, to + by], durationMs);
}

function within([from, to]: TimeRange, durationMs: number): TimeRange {
  const length = Math.min(durationMs, to - from);
  const start = Math.min(Math.max(0, from), durationMs - length);
  return [start, start + length];
}

/** Round values from zero up to at most `high`, two to four of them. */
export function niceTicks(high: number): number[] {
  if (high <= 0) return [0];
  const size = 10 ** Math.floor(Math.log10(high));
  const step = [0.2, 0.5, 1, 2, 5].map(part => part * size).find(each => high / each < 4) ?? high;
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step);
}
