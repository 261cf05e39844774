/** A comparison for an issue, a merge request or a wiki. */
import type { CellComparison, ComparisonReport } from '../../report/index.ts';
import { CHANGE_HEAD, changeWords, lineImprovementWords } from '../change-words.ts';
import { formatMs } from '../format.ts';
import { code, escape, joinBlocks, section, table } from '../markdown-parts.ts';
import {
  cellTable,
  comparisonNotes,
  findingLists,
  findingWords,
  lineTable,
  routeTable,
  runTable,
  sideWords,
  type WordTable,
} from './tables.ts';
import { comparedWithWords } from './cell-words.ts';

export function renderComparisonMarkdown(report: ComparisonReport): string {
  const sides = sideWords(report).map(([side, words]) => `- ${side}: ${escape(words)}`);
  return joinBlocks([
    '# PyPerf comparison',
    sides.join('\n'),
    ...[runTable(report), cellTable(report), routeTable(report), lineTable(report)].map(found =>
      section(found.title, tableMarkdown(found)),
    ),
    ...findingLists(report).map(({ title, findings }) =>
      section(title, findings.map(finding => `- ${escape(findingWords(finding))}`).join('\n')),
    ),
    section(
      'How to read this',
      comparisonNotes(report)
        .map(note => `- ${escape(note)}`)
        .join('\n'),
    ),
  ]);
}

function tableMarkdown({ head, rows, code: codeColumns }: WordTable): string {
  const words = rows.map(row =>
    row.map((text, i) => (codeColumns.includes(i) ? code(text) : escape(text))),
  );
  const alignment = head.map((_, i) => (i === 0 ? '-' : 'r')).join('');
  return table(head, words, alignment);
}

/** Of one cell, for its own report. */
export function cellComparisonMarkdown(comparison: CellComparison): string {
  const changes = comparison.changes.map(change => changeWords(change).map(escape));
  const lines = comparison.lines.map(line => [
    code(line.text),
    formatMs(line.beforeMs),
    formatMs(line.afterMs),
    escape(lineImprovementWords(line)),
  ]);
  return [
    `${escape(comparedWithWords(comparison))}.`,
    table(CHANGE_HEAD, changes, '-rrr'),
    table(['Line', ...CHANGE_HEAD.slice(1)], lines, '-rrr'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
