/**
 * Whether a difference says anything. Where both sides ran several times, their intervals decide; where one ran once, its
 * noise is unknown, and stated thresholds stand in.
 */
import type { ComparedMetric } from './figures.ts';
import type { Interval } from './spread.ts';

export interface Noise {
  /** The difference may be chance: it is no result. */
  readonly isInside: boolean;
  /** `intervals`: measured, by runs on both sides. `threshold`: the noise is unknown. `exact`: a count has none. */
  readonly by: 'intervals' | 'threshold' | 'exact';
}

/** Fewer runs hold the median in their interval less than three times in four. */
export const MIN_RUNS = 3;

/** Of the larger value: two runs of one notebook on an ordinary machine often differ by as much. */
export const NOISE_SHARES = { time: 0.1, memory: 0.05, bytes: 0.05 } as const;
/** Less is the machine's own: a scheduler's turn, a few pages, a library's look at its own files. */
const FLOORS = { time: 20, memory: 4e6, bytes: 1e5 } as const;

type Kind = keyof typeof NOISE_SHARES | 'cores' | 'count';

function kindOf(metric: ComparedMetric): Kind {
  switch (metric) {
    case 'wallTimeMs':
    case 'cpuMs':
    case 'queryMs':
    case 'responseMs':
    case 'slowestP95Ms':
      return 'time';
    case 'cpuCores':
      return 'cores';
    case 'peakRssBytes':
      return 'memory';
    case 'readBytes':
    case 'writeBytes':
      return 'bytes';
    case 'queryCount':
      return 'count';
  }
}

type Side = readonly [value: number, interval: Interval | undefined];

/** @param runs of the side with fewer. */
export function judge(
  metric: ComparedMetric,
  [before, beforeInterval]: Side,
  [after, afterInterval]: Side,
  runs: number,
): Noise {
  if (beforeInterval && afterInterval && runs >= MIN_RUNS) {
    const apart =
      beforeInterval.low > afterInterval.high || afterInterval.low > beforeInterval.high;
    return { isInside: !apart, by: 'intervals' };
  }
  const kind = kindOf(metric);
  if (kind === 'count') return { isInside: before === after, by: 'exact' };
  const difference = Math.abs(after - before);
  const larger = Math.max(before, after);
  const threshold =
    kind === 'cores'
      ? Math.max(NOISE_SHARES.time * larger, 0.05)
      : Math.max(NOISE_SHARES[kind] * larger, floorOf(metric, kind));
  return { isInside: difference < threshold, by: 'threshold' };
}

/** A mean over many requests is finer than a cell's time. */
const floorOf = (metric: ComparedMetric, kind: keyof typeof FLOORS): number =>
  metric === 'responseMs' || metric === 'slowestP95Ms' ? 0.5 : FLOORS[kind];
