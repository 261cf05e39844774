/** The outcome of a budget for a terminal and a pipeline's log. */
import { alignTable } from '../../render/align.ts';
import { countOf, formatBytes, formatMs, formatShare, plain } from '../../render/format.ts';
import type { Checked } from './check.ts';

export function budgetWords(path: string, checked: readonly Checked[]): string {
  const exceeded = checked.filter(check => check.isExceeded);
  if (exceeded.length === 0) return `Budget ${path}: ${countOf(checked.length, 'limit')} kept.\n`;
  const rows = exceeded.map(check => [
    plain(check.what, 60),
    check.figure,
    amount(check, check.allowed),
    check.measured === null ? (check.reason ?? '') : amount(check, check.measured),
  ]);
  return [
    `Budget ${path}: ${exceeded.length} of ${countOf(checked.length, 'limit')} exceeded`,
    ...alignTable([['Of', 'Limit', 'Allowed', 'Measured'], ...rows], [0, 1]),
    '',
  ].join('\n');
}

function amount({ figure }: Checked, value: number): string {
  switch (figure) {
    case 'time':
      return formatMs(value);
    case 'memory':
      return formatBytes(value);
    case 'time regression':
    case 'memory regression':
      return value < 0 ? `${formatShare(-value)} less` : `+${formatShare(value)}`;
  }
}
