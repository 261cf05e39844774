/**
 * How far a figure goes up and down from run to run: the median, and an interval for it.
 *
 * The interval is made of the runs' own order: with n independent runs, the chance that all lie on one side of the
 * true median is 2 * (1/2)^n, whatever the figures' distribution. So least to greatest holds it with 1 - 2^(1-n): 75% for
 * three runs, 94% for five. From nine runs on, as many are left out at each end as keep 95%. No bell curve is assumed:
 * run times have a long tail to one side, and a few runs cannot tell its form.
 */
import { share, type Share } from '../profile/index.ts';

export interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What the interval shall hold at least, where there are runs enough. */
const CONFIDENCE = 0.95;

export function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const left = leftOut(sorted.length);
  return {
    median: medianOf(sorted),
    low: sorted[left] ?? 0,
    high: sorted[sorted.length - 1 - left] ?? 0,
  };
}

/** That the interval of so many runs holds the true median. */
export const confidenceOf = (runs: number): Share => share(1 - 2 * tail(runs, leftOut(runs)));

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** How many of the runs at each end are outside of the interval. */
function leftOut(runs: number): number {
  let count = 0;
  while (count + 1 < runs / 2 && 1 - 2 * tail(runs, count + 1) >= CONFIDENCE) count++;
  return count;
}

/** The chance of at most `most` of `runs` below the median: a coin thrown so often. */
function tail(runs: number, most: number): number {
  let ways = 1;
  let all = 1;
  for (let i = 1; i <= most; i++) {
    ways = (ways * (runs - i + 1)) / i;
    all += ways;
  }
  return all / 2 ** runs;
}
