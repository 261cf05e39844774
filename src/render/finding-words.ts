/** Phrases about findings that several renderers share. */
import type { Finding, Source } from '../profile/index.ts';
import { formatBytes, formatMs, formatSource } from './format.ts';

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
