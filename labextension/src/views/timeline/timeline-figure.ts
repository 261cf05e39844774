/** The timeline as plotly draws it: tracks one above the other on one axis of time, with one hover label for all. */
import type { Annotations, Data, Layout } from 'plotly.js';
import { formatMs } from '../../../../src/render/format.ts';
import { baseLayout, type Figure } from '../../charts/figure.ts';
import { chartText } from '../../charts/text.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { niceTicks, timeUnit, type TimeRange } from './time-axis.ts';
import type { Track } from './tracks.ts';

const GAP = 0.12;
export const HOT_LINE = 'Line';

/**
 * @param tMs the ends of the series' intervals.
 * @param range what is shown, in milliseconds.
 * @param lineAt the line that was hot at a moment, for the hover label.
 */
export function timelineFigure(
  tracks: readonly Track[],
  tMs: readonly number[],
  durationMs: number,
  range: TimeRange,
  theme: ChartTheme,
  lineAt?: (tMs: number) => string | undefined,
): Figure {
  const unit = timeUnit(durationMs);
  const layout: Partial<Layout> = {
    ...baseLayout(theme),
    margin: { l: 76, r: 16, t: 20, b: 30 },
    hovermode: 'x unified',
    hoversubplots: 'axis',
    hoverdistance: -1,
    // The line under the pointer gets a rim of it, white where it is transparent.
    plot_bgcolor: theme.background,
    xaxis: {
      domain: [0, 1],
      anchor: yName(tracks.length - 1, 'y'),
      range: range.map(t => t / unit.ms),
      ticksuffix: ` ${unit.name}`,
      showticksuffix: 'all',
      gridcolor: theme.grid,
      linecolor: theme.grid,
      zeroline: false,
      tickcolor: theme.grid,
      nticks: 8,
      showspikes: true,
      spikemode: 'across',
      spikethickness: 1,
      spikedash: 'solid',
      spikecolor: theme.muted,
      hoverformat: '.4~r',
      unifiedhovertitle: { text: `%{x:.4~r} ${unit.name}` },
    } as Partial<Layout['xaxis']>,
  };
  const height = (1 - GAP * (tracks.length - 1)) / tracks.length;
  tracks.forEach((track, i) => {
    const top = 1 - i * (height + GAP);
    const ticks = niceTicks(valueRange(track)[1]);
    const axis: Partial<Layout['yaxis']> = {
      domain: [Math.max(0, top - height), top],
      range: [...valueRange(track)],
      fixedrange: true,
      gridcolor: theme.grid,
      zeroline: false,
      tickvals: ticks,
      ticktext: ticks.map(value => tickText(track, value)),
    };
    (layout as Record<string, unknown>)[yName(i, 'yaxis')] = axis;
  });
  layout.annotations = tracks.map((track, i) => trackTitle(track, 1 - i * (height + GAP), theme));
  return {
    data: [
      ...tracks.flatMap((track, i) => track.lines.map(line => trace(track, line, i))),
      ...(lineAt ? [hotLine(lineAt)] : []),
    ],
    layout,
  };

  /** Nothing to see, a row in the hover label: plotly has no other way to say more there. */
  function hotLine(at: (tMs: number) => string | undefined): Partial<Data> {
    const ends = [0, ...tMs];
    return {
      type: 'scatter',
      mode: 'lines',
      name: HOT_LINE,
      x: ends.map(t => t / unit.ms),
      y: ends.map(() => 0),
      xaxis: 'x',
      yaxis: yName(tracks.length - 1, 'y'),
      line: { width: 0 },
      customdata: ends.map(t => chartText(at(t) ?? 'none of the cell’s')),
      hovertemplate: `${HOT_LINE}: %{customdata}<extra></extra>`,
    };
  }

  function trace(track: Track, line: Track['lines'][number], index: number): Partial<Data> {
    // The first interval begins with the cell.
    const values = [line.values[0] ?? 0, ...line.values];
    const ends = [0, ...tMs];
    return {
      type: 'scatter',
      mode: 'lines',
      name: line.name,
      x: ends.map(t => t / unit.ms),
      y: values,
      xaxis: 'x',
      yaxis: yName(index, 'y'),
      line: {
        color: theme[line.colour],
        width: 1.5,
        shape: track.shape === 'interval' ? 'vh' : 'linear',
      },
      fill: track.lines.length === 1 ? 'tozeroy' : 'none',
      fillcolor: faint(theme[line.colour]),
      text: values.map((value, i) =>
        chartText(`${line.name} ${line.format(value)}, at ${formatMs(ends[i] ?? 0)}`),
      ),
      customdata: values.map(value => chartText(line.format(value))),
      hovertemplate: `${line.name}: %{customdata}<extra></extra>`,
    };
  }
}

const yName = (index: number, axis: 'y' | 'yaxis') =>
  (index === 0 ? axis : `${axis}${index + 1}`) as 'y';

/** Where lines share a track, their names in their colours. These are our own words, so plotly may see the markup. */
const trackTitle = (
  { title, lines }: Track,
  top: number,
  theme: ChartTheme,
): Partial<Annotations> => ({
  text:
    title +
    (lines.length > 1
      ? `: ${lines.map(({ name, colour }) => `<span style="color:${theme[colour]}">${name.toLowerCase()}</span>`).join(', ')}`
      : ''),
  xref: 'paper',
  yref: 'paper',
  x: 0,
  y: top,
  xanchor: 'left',
  yanchor: 'bottom',
  showarrow: false,
  font: { size: 11, color: theme.muted },
});

const tickText = ({ lines, unit }: Track, value: number): string =>
  unit === 'cores' ? String(Number(value.toFixed(3))) : (lines[0]?.format(value) ?? '');

/** From zero, so that areas can be compared; one core is always in sight. */
function valueRange(track: Track): readonly [number, number] {
  const high = Math.max(...track.lines.flatMap(line => line.values), 0);
  const floor = track.unit === 'cores' ? 1 : 1000;
  return [0, Math.max(floor, high) * 1.08];
}

/** `#0072b2` → the same, hardly there. */
const faint = (colour: string) => (/^#[\da-f]{6}$/i.test(colour) ? `${colour}30` : 'rgba(0,0,0,0)');
