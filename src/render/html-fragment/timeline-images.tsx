/** @jsxImportSource preact */
/** CPU, memory and I/O against time, as images with their words beside them. */
import type { CellReport } from '../../report/index.ts';
import { CPU_COLOUR, MEMORY_COLOUR, READ_COLOUR, WRITE_COLOUR } from '../charts/palette.ts';
import { formatBytes, formatCores, formatMs, formatRate } from '../format.ts';
import { ChartImage, Details, TEXT } from './parts.tsx';

/** Points of an image this small; the profile may hold more than ten times as many. */
const MAX_POINTS = 40;
const WORTH_DRAWING_BYTES_PER_SECOND = 1e4;

export function TimelineImages({ report: { cell, memory } }: { report: CellReport }) {
  const { series } = cell.memory;
  if (series.tMs.length < 2) return null;
  const durationMs = series.tMs.at(-1) ?? 0;
  const tMs = thin(series.tMs, part => part.at(-1) ?? 0);
  const charts = [
    {
      name: 'CPU',
      values: thin(series.cpuCores, mean),
      colour: CPU_COLOUR,
      format: formatCores,
      floor: 1,
    },
    ...(memory.value
      ? [
          {
            name: 'Memory',
            values: thin(series.rssBytes, highest),
            colour: MEMORY_COLOUR,
            format: formatBytes,
            floor: 0,
          },
        ]
      : []),
    ...[
      { name: 'Reading', values: thin(series.readBytesPerSecond, mean), colour: READ_COLOUR },
      { name: 'Writing', values: thin(series.writeBytesPerSecond, mean), colour: WRITE_COLOUR },
    ]
      .filter(({ values }) => highest(values) >= WORTH_DRAWING_BYTES_PER_SECOND)
      .map(chart => ({ ...chart, format: formatRate, floor: 0 })),
  ];
  return (
    <Details title={`Timeline, 0 to ${formatMs(durationMs)}`}>
      <table style={{ borderCollapse: 'collapse', margin: '4px 0' }}>
        {charts.map(({ name, values, colour, format, floor }) => {
          const max = Math.max(floor, highest(values));
          return (
            <tr key={name}>
              <th scope="row" style={TEXT}>
                {name}
                <br />
                up to {format(max)}
              </th>
              <td style={TEXT}>
                <ChartImage
                  {...{ tMs, values, durationMs, max, colour }}
                  shape={name === 'Memory' ? 'line' : 'interval'}
                  alt={`${name} over ${formatMs(durationMs)}, up to ${format(max)}`}
                />
              </td>
            </tr>
          );
        })}
      </table>
    </Details>
  );
}

/** Every few points become one. */
function thin(values: readonly number[], join: (part: readonly number[]) => number): number[] {
  const step = Math.ceil(values.length / MAX_POINTS);
  return Array.from({ length: Math.ceil(values.length / step) }, (_, i) =>
    join(values.slice(i * step, (i + 1) * step)),
  );
}

const mean = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) / (part.length || 1);
const highest = (part: readonly number[]) => part.reduce((a, b) => Math.max(a, b), 0);
