/** A hot line in words: for its tooltip, and in one sentence for people who hear the notebook. */
import {
  formatCause,
  formatGrowth,
  formatMs,
  formatRoundShare,
  formatShare,
  plain,
} from '../../../src/render/format.ts';
import type { CellHeat, HeatLine } from './cell-heat.ts';
import type { LineUse } from './line-use.ts';

export interface LineTip {
  /** A section for each cell that ran the line, the hottest first. */
  readonly sections: readonly TipSection[];
  /** What to know before trusting the figures. */
  readonly note: string | null;
}
export interface TipSection {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

const MOST_SECTIONS = 3;
const MOST_CALLEES = 4;

export const STALE_NOTE = 'The cell was edited since: measured on its earlier text.';
const LIVE_NOTE = 'So far: the cell is still running.';

export function lineTip(
  { uses }: HeatLine,
  { isStale, isLive }: Pick<CellHeat, 'isStale' | 'isLive'>,
): LineTip {
  return {
    sections: uses.slice(0, MOST_SECTIONS).map(use => ({ title: titleOf(use), rows: rowsOf(use) })),
    note: isStale ? STALE_NOTE : isLive ? LIVE_NOTE : null,
  };
}

/** `Line 3: 43.7% of the cell's time, 1.2 s, of it 25% waiting.` */
export function lineSentence({ line, uses }: HeatLine, isStale: boolean): string {
  const [use] = uses;
  if (!use) return '';
  const waiting = use.waitMs > 0 ? `, of it ${waitShare(use)} waiting` : '';
  const time =
    use.selfMs > 0
      ? `${titleOf(use)}, ${formatMs(use.selfMs)}${waiting}`
      : `${titleOf(use)}, ${formatMs(use.totalMs)} in what it calls`;
  return `Line ${line}: ${time}${isStale ? ', measured before an edit' : ''}.`;
}

function titleOf({ ranBy, share, totalShare, selfMs }: LineUse): string {
  const whose = ranBy === null ? "of the cell's time" : `of the time of cell [${ranBy}]`;
  return selfMs > 0
    ? `${formatShare(share)} ${whose}`
    : `Calls code that took ${formatShare(totalShare)} ${whose}`;
}

function rowsOf(use: LineUse): [string, string][] {
  const rows: [string, string][] = [];
  if (use.selfMs > 0) rows.push(['Time', formatMs(use.selfMs)]);
  if (use.totalMs > use.selfMs * 1.01)
    rows.push(['With your code that it calls', formatMs(use.totalMs)]);
  if (use.waits.length > 0)
    rows.push([
      'Waiting',
      use.waits.map(({ cause, ms }) => `${formatCause(cause)} ${formatMs(ms)}`).join(', '),
    ]);
  if (use.rssGrowthBytes !== 0) rows.push(['Memory', formatGrowth(use.rssGrowthBytes)]);
  const callees = use.callees.slice(0, MOST_CALLEES);
  if (callees.length > 0)
    rows.push([
      'In libraries',
      callees.map(({ name, ms }) => `${plain(name, 60)} ${formatMs(ms)}`).join(', '),
    ]);
  if (use.function && use.function !== '<module>') rows.push(['Function', plain(use.function, 80)]);
  rows.push(['Samples', String(use.samples)]);
  return rows;
}

const waitShare = ({ waitMs, selfMs }: LineUse): string =>
  formatRoundShare(Math.min(1, waitMs / selfMs));
