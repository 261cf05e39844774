/** Where an axis has its marks. Pure. */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const TIME_STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24].map(n => n * HOUR_MS),
];

/** About `count` marks from `from` to `to`, at times that a clock would show. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const wanted = (to - from) / count;
  if (wanted < SECOND_MS) return ticks(from, to, count);
  return marks(from, to, TIME_STEPS_MS.find(step => step >= wanted) ?? 24 * HOUR_MS);
}

/** About `count` marks at 1, 2 or 5 of a power of ten. */
export function ticks(from: number, to: number, count: number): number[] {
  const wanted = (to - from) / count;
  if (!(wanted > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map(n => n * power).find(s => s >= wanted * 0.999) ?? 10 * power;
  return marks(from, to, step);
}

function marks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
