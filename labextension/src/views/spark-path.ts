/** The outline of a spark line as SVG's `d`. Pure. */

/** Enough for its 64 pixels. */
const MAX_POINTS = 40;

export interface SparkBox {
  readonly width: number;
  readonly height: number;
}

/**
 * @param tMs ascending, since the cell's start.
 * @param range the values at the lower and the upper edge; more is cut off.
 * @returns a path from left to right; empty when there are fewer than two points.
 */
export function sparkPath(
  tMs: readonly number[],
  values: readonly number[],
  range: readonly [number, number],
  { width, height }: SparkBox,
): string {
  const endMs = tMs.at(-1) ?? 0;
  if (tMs.length < 2 || endMs <= 0) return '';
  const [low, high] = range;
  const span = high - low || 1;
  const y = (value: number) => {
    const part = Math.min(1, Math.max(0, (value - low) / span));
    return (1 + (1 - part) * (height - 2)).toFixed(1);
  };
  const points = peaks(values).map(
    i => `${(((tMs[i] ?? 0) / endMs) * width).toFixed(1)} ${y(values[i] ?? 0)}`,
  );
  return `M0 ${y(values[0] ?? 0)}L${points.join('L')}`;
}

/** One index of every few: that of the highest value, so that no peak is lost. */
function peaks(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / MAX_POINTS);
  return Array.from({ length: Math.ceil(values.length / step) }, (_, group) => {
    let best = group * step;
    for (let i = best; i < Math.min(values.length, (group + 1) * step); i++)
      if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
    return best;
  });
}
