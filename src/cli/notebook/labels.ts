/** A name for each code cell that a person would know it by. */
import { lastHeading } from '../../analysis/headings.ts';
import { joined, type Cell } from './model.ts';

const MAX_LENGTH = 60;
const COMMENT = /^\s*(?:#+|\/\/+|--+)[\s#=\-*]*(.*?)[\s#=\-*]*$/;
/** Comments that speak to a tool, and C's directives. */
const NOT_PROSE =
  /^\s*(?:#!|#\s*(?:%%|-\*-|type:|noqa|pylint:|fmt:|isort:|ruff:|pragma|include\b|define\b|if\b|ifdef\b|ifndef\b)|\/\/\s*(?:@ts-|eslint|prettier-))/;

/**
 * One label for each cell, at its index; undefined for cells that have none.
 * The comment that a cell begins with says more about that cell than the heading above it.
 */
export function labelCells(cells: readonly Cell[]): (string | undefined)[] {
  let heading: string | undefined;
  return cells.map(cell => {
    const source = joined(cell.source);
    if (cell.cell_type === 'markdown') heading = headingIn(source) ?? heading;
    if (cell.cell_type !== 'code') return undefined;
    return leadingComment(source) ?? heading;
  });
}

/** The comment in front of a cell's code, magics and blank lines skipped. */
function leadingComment(source: string): string | undefined {
  for (const line of source.split('\n')) {
    if (/^\s*$/.test(line) || /^\s*%/.test(line) || NOT_PROSE.test(line)) continue;
    const text = COMMENT.exec(line)?.[1];
    if (text === undefined) return undefined;
    if (/\p{L}/u.test(text)) return shorten(text);
  }
  return undefined;
}

function headingIn(markdown: string): string | undefined {
  const text = lastHeading(markdown);
  return text === undefined ? undefined : shorten(text);
}

function shorten(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_LENGTH) return text;
  return `${characters
    .slice(0, MAX_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}
