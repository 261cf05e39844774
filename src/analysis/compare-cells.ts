/** One cell before and after a change, metric by metric. Only what both runs measured is compared. */
import type { Cell } from '../profile/index.ts';
import { measuredCpuMs, measuredIo, measuredMemory, type Measured } from './measured.ts';

export type ComparedMetric = 'wallTimeMs' | 'cpuMs' | 'peakRssBytes' | 'readBytes' | 'writeBytes';

export interface MetricChange {
  readonly metric: ComparedMetric;
  /** Milliseconds or bytes, as the metric's name says. */
  readonly before: number;
  readonly after: number;
  /** Part of `before` that is gone: 0.9 is ten times less, -1 twice as much. Null when `before` is 0. */
  readonly improvement: number | null;
}

export function compareCells(before: Cell, after: Cell): readonly MetricChange[] {
  const changes: MetricChange[] = [];
  const add = (metric: ComparedMetric, from: number | null, to: number | null): void => {
    if (from === null || to === null || (from === 0 && to === 0)) return;
    const improvement = from > 0 ? 1 - to / from : null;
    changes.push({ metric, before: from, after: to, improvement });
  };
  const both = <T>(read: (cell: Cell) => Measured<T>) => [read(before), read(after)] as const;

  add('wallTimeMs', before.wallTimeMs, after.wallTimeMs);
  add('cpuMs', ...values(both(measuredCpuMs), ms => ms));
  add('peakRssBytes', ...values(both(measuredMemory), memory => memory.peakRssBytes));
  add('readBytes', ...values(both(measuredIo), io => io.readBytes));
  add('writeBytes', ...values(both(measuredIo), io => io.writeBytes));
  return changes;
}

const values = <T>(
  [before, after]: readonly [Measured<T>, Measured<T>],
  pick: (value: T) => number,
): [number | null, number | null] => [
  before.value === null ? null : pick(before.value),
  after.value === null ? null : pick(after.value),
];
