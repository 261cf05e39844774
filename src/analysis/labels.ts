/** What to call a cell, in a person's words. */
import type { Cell } from '../profile/index.ts';

export interface CellLabel {
  readonly text: string;
  /** `code` is no name but the first line of code, for want of one. */
  readonly from: 'label' | 'comment' | 'heading' | 'code';
}

/** Comments for machines: encodings, cell markers, linters' and type checkers' orders. */
const FOR_MACHINES =
  /^(%%|!|-\*-|type:|noqa|pylint|mypy|pyright|ruff|fmt:|isort|eslint|prettier|@ts-|<reference)/i;

/** @returns null for a cell without code. */
export function labelCell(cell: Cell): CellLabel | null {
  if (cell.label?.trim()) return { text: cell.label.trim(), from: 'label' };
  const { comment, code } = readTop(cell.source);
  if (comment) return { text: comment, from: 'comment' };
  if (cell.heading?.trim()) return { text: cell.heading.trim(), from: 'heading' };
  return code ? { text: code, from: 'code' } : null;
}

/**
 * The first comment above any code, and the first line of code. A comment further down names a step, not the cell.
 * `#` and `//` need no language: where one starts a comment, the other starts no line.
 */
function readTop(source: string): { comment?: string; code?: string } {
  for (const raw of source.split('\n')) {
    const line = raw.trim();
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
