/** A comparison for a terminal. */
import type { ComparisonReport } from '../../report/index.ts';
import { alignTable } from '../align.ts';
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

const TITLE = 'PyPerf Comparison';

export function renderComparisonText(report: ComparisonReport): string {
  const lines = [TITLE, '='.repeat(TITLE.length)];
  for (const [side, words] of sideWords(report)) lines.push(`${`${side}:`.padEnd(8)}${words}`);
  lines.push('', ...tableText({ ...runTable(report), title: 'Results' }));
  for (const table of [cellTable(report, true), routeTable(report), lineTable(report)])
    if (table.rows.length > 0) lines.push('', ...tableText(table));
  for (const { title, findings } of findingLists(report))
    lines.push('', `${title}:`, ...findings.map(finding => `- ${findingWords(finding)}`));
  lines.push('', 'How to read this:', ...comparisonNotes(report).map(note => `- ${note}`));
  return `${lines.join('\n')}\n`;
}

function tableText({ title, head, rows, code }: WordTable): string[] {
  const left = code.length > 0 ? [...code, head.length - 1] : [0];
  return [`${title}:`, ...alignTable([head, ...rows], left)];
}
