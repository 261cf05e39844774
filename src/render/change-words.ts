/** What got better, in words: one row of the table metric, before, after, improvement. */
import type { ComparedMetric, LineChange, MetricChange } from '../report/index.ts';
import { formatBytes, formatCores, formatCount, formatMs, formatShare } from './format.ts';

export const METRIC_TITLES: Readonly<Record<ComparedMetric, string>> = {
  wallTimeMs: 'Time',
  cpuMs: 'CPU time',
  cpuCores: 'CPU use',
  peakRssBytes: 'Peak memory',
  readBytes: 'Read',
  writeBytes: 'Written',
  queryCount: 'Database queries',
  queryMs: 'Time in queries',
  responseMs: 'Average response time',
  slowestP95Ms: 'P95 response time, slowest route',
};

export const CHANGE_HEAD = ['Metric', 'Before', 'After', 'Improvement'] as const;

export type ChangeWords = readonly [
  metric: string,
  before: string,
  after: string,
  improvement: string,
];

export function changeWords(change: MetricChange): ChangeWords {
  const { metric, before, after, beforeSpread, afterSpread } = change;
  const format = (value: number) => formatMetric(metric, value);
  const side = (value: number, spread: MetricChange['beforeSpread']) =>
    spread && spread.low !== spread.high
      ? `${format(value)} (${format(spread.low)} to ${format(spread.high)})`
      : format(value);
  return [
    METRIC_TITLES[metric],
    side(before, beforeSpread),
    side(after, afterSpread),
    improvementWords(change),
  ];
}

export function formatMetric(metric: ComparedMetric, value: number): string {
  switch (metric) {
    case 'wallTimeMs':
    case 'cpuMs':
    case 'queryMs':
    case 'responseMs':
    case 'slowestP95Ms':
      return formatMs(value);
    case 'cpuCores':
      return formatCores(value);
    case 'peakRssBytes':
    case 'readBytes':
    case 'writeBytes':
      return formatBytes(value);
    case 'queryCount':
      return formatCount(value);
  }
}

export type Verdict = 'better' | 'worse' | 'noise' | 'other';

/** More cores in use are neither good nor bad: that depends on what they did. */
export function verdictOf({ metric, improvement, noise }: MetricChange): Verdict {
  if (noise.isInside) return 'noise';
  if (metric === 'cpuCores' || improvement === null) return 'other';
  return improvement > 0 ? 'better' : 'worse';
}

/** `93.2%` less, `12.0% more`, `2.1%, inside the noise`. */
export function improvementWords(
  change: Pick<MetricChange, 'metric' | 'improvement' | 'noise'>,
): string {
  const { improvement, noise, metric } = change;
  if (improvement === 0) return 'the same';
  const isLess = improvement !== null && improvement > 0;
  const words = partGone(improvement) + (metric === 'cpuCores' && isLess ? ' less' : '');
  return noise.isInside ? `${words}, inside the noise` : words;
}

export const lineImprovementWords = ({ improvement }: LineChange): string => partGone(improvement);

function partGone(improvement: number | null): string {
  if (improvement === null) return 'new';
  return improvement < 0 ? `${formatShare(-improvement)} more` : formatShare(improvement);
}

/** How results were told from noise, in a sentence below a table. */
export function noiseWords(changes: readonly MetricChange[]): string {
  return changes.some(({ noise }) => noise.by === 'intervals')
    ? 'Medians of several runs; where their intervals meet, the difference is inside the noise.'
    : 'From single runs, whose noise is not known: a difference under 10% of a time, or 5% of memory or bytes, is taken for noise.';
}
