/** The run's timeline as plotly wants it: memory, CPU and I/O one above the other on one time axis, a band for each cell. */
import type { Data, LayoutAxis, Shape } from 'plotly.js';
import { formatBytes, formatCores, formatMs, formatRate } from '../../../src/render/format.ts';
import { cellName, cellNumber } from '../../../src/render/words.ts';
import type { Report } from '../../../src/report/index.ts';
import { baseLayout, chartLines, type ChartTheme, type Figure } from '../charts/index.ts';
import { ticks, timeTicks } from './nice-ticks.ts';
import type { RunTimeline } from './run-timeline.ts';

/** Of the run: a narrower band is not to be seen. Keeps a thousand cells at a few hundred shapes. */
const MIN_BAND_SHARE = 0.002;
const MIN_NAMED_SHARE = 0.03;
/** Rates below this would draw noise as mountains. */
const WORTH_DRAWING_BYTES_PER_SECOND = 1e4;
const GAP = 0.06;

interface Row {
  readonly name: string;
  readonly lines: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly colour: string;
  }[];
  readonly format: (value: number) => string;
  readonly atLeast: number;
}

/** How many charts there are one above the other, for the height. */
export const timelineRows = (timeline: RunTimeline): number =>
  rowsOf(timeline, { memory: '', cpu: '', read: '', write: '' }).length;

export function timelineFigure(
  report: Report,
  timeline: RunTimeline,
  range: readonly [number, number] | null,
  theme: ChartTheme,
): Figure {
  const rows = rowsOf(timeline, theme);
  const [from, to] = range ?? [0, timeline.durationMs];
  const marks = timeTicks(from, to, 8);
  const hover = hoverTexts(report, timeline);
  const heightEach = (1 - GAP * (rows.length - 1)) / Math.max(1, rows.length);
  const axes = rows.map((row, i): [string, Partial<LayoutAxis>] => {
    const top = 1 - i * (heightEach + GAP);
    return [axisName('yaxis', i), yAxis(row, [Math.max(0, top - heightEach), top], theme)];
  });
  return {
    data: rows.flatMap((row, i) =>
      row.lines.map((line, nth): Partial<Data> => ({
        type: 'scatter',
        mode: 'lines',
        name: line.name,
        x: [...timeline.tMs],
        y: [...line.values],
        yaxis: i === 0 ? 'y' : `y${i + 1}`,
        line: { color: line.colour, width: 1.5 },
        fill: row.lines.length === 1 ? 'tozeroy' : 'none',
        connectgaps: false,
        // One label tells everything of a moment.
        ...(nth === 0
          ? { text: hover, hovertemplate: '%{text}<extra></extra>' }
          : { hoverinfo: 'skip' as const }),
      })),
    ),
    layout: {
      ...baseLayout(theme),
      margin: { l: 88, r: 16, t: 20, b: 30 },
      hovermode: 'x',
      xaxis: {
        range: [from, to],
        tickvals: marks,
        ticktext: marks.map(formatMs),
        gridcolor: theme.grid,
        zeroline: false,
        anchor: (rows.length > 1 ? `y${rows.length}` : 'y') as 'y',
      },
      ...Object.fromEntries(axes),
      shapes: bandShapes(timeline, theme),
      annotations: bandNames(report, timeline, theme, [from, to]),
    },
  };
}

const axisName = (kind: string, index: number) => (index === 0 ? kind : `${kind}${index + 1}`);

function rowsOf(
  timeline: RunTimeline,
  theme: Pick<ChartTheme, 'memory' | 'cpu' | 'read' | 'write'>,
): Row[] {
  const { rssBytes, cpuCores, readBytesPerSecond, writeBytesPerSecond } = timeline;
  const rates = [
    { name: 'Reading', values: readBytesPerSecond, colour: theme.read },
    { name: 'Writing', values: writeBytesPerSecond, colour: theme.write },
  ].filter(({ values }) => maxOf(values) >= WORTH_DRAWING_BYTES_PER_SECOND);
  const rows: Row[] = [
    {
      name: 'Memory',
      lines: [{ name: 'Memory', values: rssBytes, colour: theme.memory }],
      format: formatBytes,
      atLeast: 0,
    },
    {
      name: 'CPU',
      lines: [{ name: 'CPU', values: cpuCores, colour: theme.cpu }],
      format: cores => String(cores),
      atLeast: 1,
    },
    { name: 'I/O', lines: rates, format: formatRate, atLeast: 0 },
  ];
  return rows.filter(row => row.lines.some(({ values }) => values.some(value => value !== null)));
}

function yAxis(row: Row, domain: [number, number], theme: ChartTheme): Partial<LayoutAxis> {
  const max = Math.max(row.atLeast, ...row.lines.map(line => maxOf(line.values))) * 1.05;
  const marks = ticks(0, max, 3);
  return {
    domain,
    range: [0, max],
    fixedrange: true,
    tickvals: marks,
    ticktext: marks.map(row.format),
    gridcolor: theme.grid,
    zeroline: false,
    title: { text: row.name, standoff: 12, font: { size: 11 } },
  };
}

function bandShapes({ bands, durationMs }: RunTimeline, theme: ChartTheme): Partial<Shape>[] {
  return bands
    .filter(({ startMs, endMs }) => endMs - startMs >= MIN_BAND_SHARE * durationMs)
    .filter((_, i) => i % 2 === 1)
    .map(({ startMs, endMs }) => ({
      type: 'rect',
      layer: 'below',
      xref: 'x',
      yref: 'paper',
      x0: startMs,
      x1: endMs,
      y0: 0,
      y1: 1,
      fillcolor: theme.muted,
      opacity: 0.12,
      line: { width: 0 },
    }));
}

function bandNames(
  report: Report,
  { bands }: RunTimeline,
  theme: ChartTheme,
  [from, to]: readonly [number, number],
) {
  return bands.flatMap(({ cell, startMs, endMs }) => {
    const [left, right] = [Math.max(startMs, from), Math.min(endMs, to)];
    const named = report.cells[cell];
    if (!named || right - left < MIN_NAMED_SHARE * (to - from)) return [];
    return [
      {
        x: (left + right) / 2,
        y: 1,
        xref: 'x' as const,
        yref: 'paper' as const,
        yanchor: 'bottom' as const,
        text: cellNumber(named),
        showarrow: false,
        font: { size: 11, color: theme.muted },
      },
    ];
  });
}

/** Of each slice: the cell, and everything that was measured then. */
function hoverTexts(report: Report, timeline: RunTimeline): string[] {
  let band = 0;
  return timeline.tMs.map((tMs, i) => {
    while (band < timeline.bands.length - 1 && tMs > (timeline.bands[band]?.endMs ?? 0)) band++;
    const cell = report.cells[timeline.bands[band]?.cell ?? -1];
    const figure = (
      name: string,
      value: number | null | undefined,
      format: (n: number) => string,
    ) => (value == null ? [] : [`${name} ${format(value)}`]);
    return chartLines([
      ...(cell ? [`${cellNumber(cell)} ${cellName(cell, 50)}`] : []),
      `at ${formatMs(tMs)}`,
      ...figure('memory', timeline.rssBytes[i], formatBytes),
      ...figure('CPU', timeline.cpuCores[i], formatCores),
      ...figure('reading', timeline.readBytesPerSecond[i], formatRate),
      ...figure('writing', timeline.writeBytesPerSecond[i], formatRate),
    ]);
  });
}

const maxOf = (values: readonly (number | null)[]) =>
  values.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
