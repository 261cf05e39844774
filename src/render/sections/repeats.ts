/** How far the figures went up and down from run to run, where the notebook ran several times. */
import type { Spread } from '../../profile/index.ts';
import type { ComparedMetric, Report } from '../../report/index.ts';
import { formatMetric, METRIC_TITLES } from '../change-words.ts';
import { formatRoundShare } from '../format.ts';
import { cellName, cellNumber } from '../words.ts';

const TOP_CELLS = 8;
const RUN_METRICS = ['wallTimeMs', 'cpuMs', 'peakRssBytes', 'readBytes', 'writeBytes'] as const;

export function repeatSentences({ profile, cells, ranking }: Report): string[] {
  const { spread } = profile;
  if (!spread) return [];
  const longest = ranking.time.slice(0, TOP_CELLS).flatMap(({ cell }) => cells[cell] ?? []);
  return [
    `Median of ${spread.runs} runs, and in brackets the interval that holds the true median with ${formatRoundShare(spread.confidence)} (from the order of the runs, whatever their distribution). Everything else is of the run with the median time.`,
    ...RUN_METRICS.flatMap(metric => {
      const words = spreadWords(metric, spread);
      return words ? [`${METRIC_TITLES[metric]}: ${words}`] : [];
    }),
    ...longest.flatMap(report => {
      const words = report.cell.spread && spreadWords('wallTimeMs', report.cell.spread);
      if (!words) return [];
      const name = [`Cell ${cellNumber(report)}`, cellName(report, 40)].filter(Boolean).join(' ');
      return [`${name}: ${words}`];
    }),
  ];
}

function spreadWords(metric: ComparedMetric, spread: Spread): string | null {
  const figure = spread[metric];
  if (!figure) return null;
  const format = (value: number) => formatMetric(metric, value);
  return `${format(figure.median)} (${format(figure.low)} to ${format(figure.high)})`;
}
