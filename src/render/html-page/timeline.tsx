/** @jsxImportSource preact */
/** CPU, memory and I/O of one cell against time, one chart each on one axis. */
import type { CellReport } from '../../report/index.ts';
import { Area } from '../charts/area.tsx';
import { CPU_COLOUR, MEMORY_COLOUR, READ_COLOUR, WRITE_COLOUR } from '../charts/palette.ts';
import { formatBytes, formatCores, formatMs, formatRate } from '../format.ts';

const WIDTH = 860;
const HEIGHT = 56;
/** Rates below this would draw noise as mountains. */
const WORTH_DRAWING_BYTES_PER_SECOND = 1e4;

export interface ChartProps {
  readonly id: string;
  readonly name: string;
  readonly tMs: readonly number[];
  readonly values: readonly number[];
  readonly durationMs: number;
  readonly max: number;
  readonly colour: string;
  readonly shape: 'interval' | 'line';
  readonly format: (value: number) => string;
}

export function Chart(props: ChartProps) {
  const { id, name, format, max, durationMs } = props;
  const top = format(max);
  const title = `${name} over ${formatMs(durationMs)}, at most ${top}`;
  return (
    <div class="chart">
      <span>
        {name}
        <br />
        <span class="muted">up to {top}</span>
      </span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={id}
      >
        <title id={id}>{title}</title>
        <Area {...props} width={WIDTH} height={HEIGHT} />
      </svg>
      <span class="axis">
        <span>0</span>
        <span>{formatMs(durationMs)}</span>
      </span>
    </div>
  );
}

export function Timeline({ report, id }: { report: CellReport; id: string }) {
  const { series } = report.cell.memory;
  if (series.tMs.length < 2) return null;
  const common = { tMs: series.tMs, durationMs: series.tMs.at(-1) ?? 0 };
  const rates = [
    { name: 'Reading', values: series.readBytesPerSecond, colour: READ_COLOUR },
    { name: 'Writing', values: series.writeBytesPerSecond, colour: WRITE_COLOUR },
  ].filter(({ values }) => maxOf(values) >= WORTH_DRAWING_BYTES_PER_SECOND);
  return (
    <>
      <h4>Timeline</h4>
      <Chart
        {...common}
        id={`${id}-cpu`}
        name="CPU"
        values={series.cpuCores}
        max={Math.max(1, maxOf(series.cpuCores))}
        colour={CPU_COLOUR}
        shape="interval"
        format={formatCores}
      />
      {report.memory.value && (
        <Chart
          {...common}
          id={`${id}-memory`}
          name="Memory"
          values={series.rssBytes}
          max={maxOf(series.rssBytes)}
          colour={MEMORY_COLOUR}
          shape="line"
          format={formatBytes}
        />
      )}
      {rates.map(rate => (
        <Chart
          {...common}
          {...rate}
          key={rate.name}
          id={`${id}-${rate.name}`}
          max={maxOf(rate.values)}
          shape="interval"
          format={formatRate}
        />
      ))}
    </>
  );
}

export const maxOf = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
