/** Phrases about findings that several renderers share. */
import type { Finding, Source } from '../profile/index.ts';
import {
  formatBytes,
  formatCount,
  formatMs,
  formatRoundShare,
  formatSource,
  plain,
} from './format.ts';

export const whereWords = (finding: { readonly where: Parameters<typeof formatSource>[0][] }) =>
  finding.where.map(formatSource).join(', ');

/** ` Saves up to 3 min 30 s.`, behind the advice; empty where nobody knows. */
export const savesWords = ({ savesMs, savesBytes }: Pick<Finding, 'savesMs' | 'savesBytes'>) =>
  [
    savesMs === undefined ? '' : ` Saves up to ${formatMs(savesMs)}.`,
    savesBytes === undefined ? '' : ` Saves up to ${formatBytes(savesBytes)}.`,
  ].join('');

/** An address that may become a link. What else a profile holds, `javascript:` or a file, stays text. */
export const isWebAddress = (url: string): boolean => /^https:\/\/[^\s<>"'`]+$/.test(url);

/** The first finding about a line, if there is one. */
export const findingAt = (source: Source, findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ where }) => where.some(at => formatSource(at) === formatSource(source)));

type Evidence = Finding['evidence'];

/** `14.6 s`, `89% of the time`, `3 006 samples`, `read: 988 kB`: the figures that a finding rests on, its reasons last. */
export function evidenceParts({ timeMs, share, samples, savesBecause, ...rest }: Evidence) {
  const figures = [
    figure(timeMs, formatMs),
    figure(share, part => `${formatRoundShare(part)} of the time`),
    figure(samples, count => `${formatCount(count)} samples`),
    ...Object.entries(rest).map(([name, value]) => named(name, value)),
    savesBecause === undefined ? '' : `estimate: ${plain(String(savesBecause), 200)}`,
  ];
  return figures.filter(part => part !== '');
}

const figure = (value: Evidence[string] | undefined, words: (value: number) => string): string =>
  typeof value === 'number' ? words(value) : '';

/** Its unit is the end of a figure's name, as everywhere in a profile. */
function named(name: string, value: Evidence[string]): string {
  const [, stem = name, unit] = /^(.*?)(Ms|Bytes|Share)?$/.exec(name) ?? [];
  const label = plain(stem, 40).replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return `${label}: ${typeof value === 'number' ? withUnit(value, unit) : plain(String(value), 120)}`;
}

function withUnit(value: number, unit: string | undefined): string {
  if (unit === 'Ms') return formatMs(value);
  if (unit === 'Bytes') return formatBytes(value);
  if (unit === 'Share') return formatRoundShare(value);
  return Number.isInteger(value) ? formatCount(value) : String(value);
}
