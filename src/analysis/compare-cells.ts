/** One cell before and after a change, metric by metric. Only what both runs measured is compared. */
import type { Cell, ComparedWith, Spread } from '../profile/index.ts';
import { cellFigures, COMPARED_METRICS, type ComparedMetric, type Figures } from './figures.ts';
import { judge, type Noise } from './noise.ts';
import type { Interval } from './spread.ts';

export interface MetricChange {
  readonly metric: ComparedMetric;
  /** In the unit that the metric's name ends with. Of several runs the median. */
  readonly before: number;
  readonly after: number;
  /** Part of `before` that is gone: 0.9 is ten times less, -1 twice as much. Null when `before` is 0. */
  readonly improvement: number | null;
  readonly noise: Noise;
  /** Where the notebook ran several times. */
  readonly beforeSpread?: Interval;
  readonly afterSpread?: Interval;
}

/** One side of a comparison. */
export interface Measurements {
  readonly figures: Figures;
  readonly spread?: Spread | undefined;
}

export const compareCells = (before: Cell, after: Cell): readonly MetricChange[] =>
  compareFigures(cellMeasurements(before), cellMeasurements(after));

export const cellMeasurements = (cell: Cell): Measurements => ({
  figures: cellFigures(cell),
  spread: cell.spread,
});

/** With the earlier run that a cell keeps of its `--compare`. */
export function compareKept(before: ComparedWith, after: Cell): readonly MetricChange[] {
  const figures = Object.fromEntries(
    COMPARED_METRICS.map(metric => [metric, before[metric] ?? null]),
  ) as unknown as Figures;
  return compareFigures({ figures, spread: before.spread }, cellMeasurements(after));
}

export function compareFigures(before: Measurements, after: Measurements): readonly MetricChange[] {
  return COMPARED_METRICS.flatMap((metric): MetricChange[] => {
    const [beforeSpread, afterSpread] = [before.spread?.[metric], after.spread?.[metric]];
    const from = beforeSpread?.median ?? before.figures[metric];
    const to = afterSpread?.median ?? after.figures[metric];
    if (from === null || to === null || (from === 0 && to === 0)) return [];
    const runs = Math.min(before.spread?.runs ?? 1, after.spread?.runs ?? 1);
    return [
      {
        metric,
        before: from,
        after: to,
        improvement: from > 0 ? 1 - to / from : null,
        noise: judge(metric, [from, beforeSpread], [to, afterSpread], runs),
        ...(beforeSpread && { beforeSpread }),
        ...(afterSpread && { afterSpread }),
      },
    ];
  });
}
