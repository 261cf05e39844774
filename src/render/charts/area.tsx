/** @jsxImportSource preact */
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
  const { colour, height } = props;
  return (
    <path
      d={`M0 ${height}${path}V${height}Z`}
      fill={colour}
      fill-opacity="0.3"
      stroke={colour}
      stroke-width="1.5"
    />
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
      const edge = y(values[i] ?? 0);
      return i === 0 ? `L0 ${edge}H${x(t)}` : `V${edge}H${x(t)}`;
    })
    .join('');
}

const short = (value: number) => Number(value.toFixed(1));
