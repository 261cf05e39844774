/** One cell before and after a change, metric by metric. Only what both runs measured is compared. */
import type { Cell } from '../profile/index.ts';
import {
  measuredCpuMs,
  measuredIo,
  measuredMemory,
  type IoTotals,
  type Measured,
} from './measured.ts';

export type ComparedMetric = 'wallTimeMs' | 'cpuMs' | 'peakRssBytes' | 'readBytes' | 'writeBytes';

export interface MetricChange {
  readonly metric: ComparedMetric;
  /** Milliseconds or bytes, as the metric's name says. */
  readonly before: number;
  readonly after: number;
  /** Part of `before` that is gone: 0.9 is ten times less, -1 twice as much. Null when `before` is 0. */
  readonly improvement: number | null;
}

/** What is compared, of a cell or of a whole run. */
export interface ComparedFigures {
  readonly wallTimeMs: number;
  readonly cpuMs: Measured<number>;
  readonly peakRssBytes: Measured<number>;
  readonly io: Measured<Pick<IoTotals, 'readBytes' | 'writeBytes'>>;
}

export const compareCells = (before: Cell, after: Cell): readonly MetricChange[] =>
  compareFigures(figuresOf(before), figuresOf(after));

function figuresOf(cell: Cell): ComparedFigures {
  const memory = measuredMemory(cell);
  return {
    wallTimeMs: cell.wallTimeMs,
    cpuMs: measuredCpuMs(cell),
    peakRssBytes: memory.value === null ? memory : { value: memory.value.peakRssBytes },
    io: measuredIo(cell),
  };
}

export function compareFigures(
  before: ComparedFigures,
  after: ComparedFigures,
): readonly MetricChange[] {
  const changes: MetricChange[] = [];
  const add = (metric: ComparedMetric, read: (figures: ComparedFigures) => number | null): void => {
    const [from, to] = [read(before), read(after)];
    if (from === null || to === null || (from === 0 && to === 0)) return;
    const improvement = from > 0 ? 1 - to / from : null;
    changes.push({ metric, before: from, after: to, improvement });
  };
  add('wallTimeMs', figures => figures.wallTimeMs);
  add('cpuMs', figures => figures.cpuMs.value);
  add('peakRssBytes', figures => figures.peakRssBytes.value);
  add('readBytes', figures => figures.io.value?.readBytes ?? null);
  add('writeBytes', figures => figures.io.value?.writeBytes ?? null);
  return changes;
}
