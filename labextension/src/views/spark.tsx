/** A measurement in the size of a word. The figure stands beside it, so it is nothing to a screen reader. */
import { sparkPath } from './spark-path.ts';

const BOX = { width: 64, height: 16 } as const;

export interface SparkProps {
  readonly tMs: readonly number[];
  readonly values: readonly number[];
  readonly kind: 'cpu' | 'memory';
}

export function Spark({ tMs, values, kind }: SparkProps) {
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  // Cores count from none, and one core is no mountain. Memory is never near zero: its changes are what matters,
  // unless they are so small that they would be noise.
  const range: [number, number] =
    kind === 'cpu' ? [0, Math.max(1, high)] : [Math.min(low, high * 0.9), high];
  const line = sparkPath(tMs, values, range, BOX);
  if (line === '') return null;
  return (
    <svg
      className="jp-PyPerf-spark"
      data-kind={kind}
      width={BOX.width}
      height={BOX.height}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <path className="jp-PyPerf-sparkArea" d={`${line}V${BOX.height}H0Z`} />
      <path className="jp-PyPerf-sparkLine" d={line} />
    </svg>
  );
}
