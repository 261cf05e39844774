/** What to call a cell, in a person's words. */
import type { Cell } from '../profile/index.ts';

export interface CellLabel {
  readonly text: string;
  /** `code` is no name but the first line of code, for want of one. */
  readonly from: 'label' | 'comment' | 'heading' | 'code';
}

/** What names a cell: enough for one that has no figures yet. */
export type Nameable = Pick<Cell, 'label' | 'heading' | 'source'>;

/** Comments for machines: encodings, cell markers, linters' and type checkers' orders. */
const FOR_MACHINES =
  /^(%%|!|-\*-|type:|noqa|pylint|mypy|pyright|ruff|fmt:|isort|eslint|prettier|@ts-|<reference)/i;

/** Magics with code behind them: what follows may be the rest of it. */
const RUNS_CODE = /^%(time|timeit|prun|lprun|memit|mprun)\s+\S/;

/**
 * A heading names a cell only where it stands above no other: twelve cells called "Analysis" have no name.
 * @returns for each cell its name, or null for one without code.
 */
export function labelCells(cells: readonly Nameable[]): (CellLabel | null)[] {
  const headings = cells.map(cell => cell.heading?.trim() ?? '');
  return cells.map((cell, i) => {
    const heading = headings[i] ?? '';
    return labelCell(cell, headings.filter(other => other === heading).length === 1 ? heading : '');
  });
}

function labelCell(cell: Nameable, heading: string): CellLabel | null {
  if (cell.label?.trim()) return { text: cell.label.trim(), from: 'label' };
  const { comment, code } = readTop(cell.source);
  if (comment) return { text: comment, from: 'comment' };
  if (heading) return { text: heading, from: 'heading' };
  return code ? { text: code, from: 'code' } : null;
}

/**
 * The first comment above any code, and the first line of code. A comment further down names a step, not the cell.
 * `#` and `//` need no language: where one starts a comment, the other starts no line.
 */
function readTop(source: string): { comment?: string; code?: string } {
  for (const raw of source.split('\n')) {
    const line = raw.trim();
    if (RUNS_CODE.test(line)) return { code: line };
    if (line === '' || line.startsWith('%')) continue;
    const match = /^(?:#+|\/\/+|\/\*+)\s*(.*?)\s*(?:\*\/)?$/.exec(line);
    if (!match) return { code: line };
    const text = match[1] ?? '';
    if (/[\p{L}\p{N}]/u.test(text) && !FOR_MACHINES.test(text)) {
      return { comment: text.replace(/^[\s\-=*#]+|[\s\-=*#:.]+$/g, '') };
    }
  }
  return {};
}
