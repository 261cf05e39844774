/** What got better, in words: one row of the table metric, before, after, improvement. */
import type { ComparedMetric, MetricChange } from '../report/index.ts';
import { formatBytes, formatMs, formatShare } from './format.ts';

export const METRIC_TITLES: Readonly<Record<ComparedMetric, string>> = {
  wallTimeMs: 'Time',
  cpuMs: 'CPU time',
  peakRssBytes: 'Peak memory',
  readBytes: 'Read',
  writeBytes: 'Written',
};

export const CHANGE_HEAD = ['Metric', 'Before', 'After', 'Improvement'] as const;

export type ChangeWords = readonly [
  metric: string,
  before: string,
  after: string,
  improvement: string,
];

export function changeWords({ metric, before, after, improvement }: MetricChange): ChangeWords {
  const format = metric.endsWith('Ms') ? formatMs : formatBytes;
  return [METRIC_TITLES[metric], format(before), format(after), improvementWords(improvement)];
}

/** `93.2%` less, or `12.0% more`. */
function improvementWords(improvement: number | null): string {
  if (improvement === null) return 'new';
  return improvement < 0 ? `${formatShare(-improvement)} more` : formatShare(improvement);
}
