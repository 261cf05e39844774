/** A measurement against time as a filled shape. It holds no text: words stand beside it, where they can be read. */

export interface AreaProps {
  /** Ascending. */
  readonly tMs: readonly number[];
  readonly values: readonly number[];
  /** The whole axis: from 0 to here. */
  readonly durationMs: number;
  /** The value at the top edge; more is cut off. */
  readonly max: number;
  readonly colour: string;
  readonly width: number;
  readonly height: number;
  /** `interval`: a value holds from the point before to its own, as a mean does. `line`: points are joined. */
  readonly shape: 'interval' | 'line';
}

export function Area(props: AreaProps) {
  const path = outline(props);
  if (path === '') return null;
  const { colour, height, width } = props;
  return (
    <g>
      <path d={`M0 ${height}${path}V${height}Z`} fill={colour} fill-opacity="0.3" />
      <path d={`M${path.slice(1)}`} fill="none" stroke={colour} stroke-width="1.5" />
      <path d={`M0 ${height}H${width}`} stroke="#808080" stroke-width="1" />
    </g>
  );
}

/** The upper edge, beginning with `L`. */
function outline({ tMs, values, durationMs, max, width, height, shape }: AreaProps): string {
  if (durationMs <= 0 || max <= 0 || tMs.length === 0) return '';
  const x = (t: number) => short(Math.min(1, t / durationMs) * width);
  const y = (value: number) => short(height - Math.min(1, value / max) * (height - 2));
  return tMs
    .map((t, i) => {
      const to = `${x(t)} ${y(values[i] ?? 0)}`;
      if (shape === 'line') return i === 0 ? `L0 ${y(values[0] ?? 0)}L${to}` : `L${to}`;
      return `L${x(tMs[i - 1] ?? 0)} ${y(values[i] ?? 0)}L${to}`;
    })
    .join('');
}

const short = (value: number) => Number(value.toFixed(1));
