/** A cell beside the run that it was compared with, in words for its own report. */
import type { CellComparison } from '../../report/index.ts';
import { alignTable } from '../align.ts';
import { CHANGE_HEAD, changeWords, lineImprovementWords } from '../change-words.ts';
import { formatMs, formatTimestamp, plain } from '../format.ts';

const TOP_LINES = 5;

export function cellComparisonText(comparison: CellComparison): string[] {
  const { changes, lines } = comparison;
  const table = alignTable([CHANGE_HEAD, ...changes.map(changeWords)]);
  const hot = lines.slice(0, TOP_LINES).map(line => {
    const words = `${formatMs(line.beforeMs)} → ${formatMs(line.afterMs)}`;
    return `- ${plain(line.text, 80)}: ${words} (${lineImprovementWords(line)})`;
  });
  return [...table, ...hot];
}

/** `Compared with baseline (2026-03-02 09:30:00 UTC, other code)`. */
export const comparedWithWords = ({ name, startedAt, sameCode }: CellComparison): string =>
  `Compared with ${name === null ? 'the run before' : plain(name, 80)} (${formatTimestamp(startedAt)}, ${sameCode ? 'the same code' : 'other code'})`;
