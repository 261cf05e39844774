/** Pieces of Markdown that GitHub and GitLab both draw, with every text kept a text. */
import { plain, plainCode } from './format.ts';

export const section = (title: string, body: string): string =>
  body === '' ? '' : `## ${title}\n\n${body}`;

export const joinBlocks = (blocks: readonly string[]): string =>
  `${blocks.filter(block => block !== '').join('\n\n')}\n`;

/** @param alignment a letter a column: `r` right, `-` left. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: string,
): string {
  if (rows.length === 0) return '';
  const rule = Array.from(alignment, letter => (letter === 'r' ? '--:' : '---'));
  // A figure and its unit stay on one line.
  const unbroken = rows.map(row =>
    row.map((text, i) => (alignment[i] === 'r' ? text.replaceAll(' ', '\u00a0') : text)),
  );
  return [header, rule, ...unbroken].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** Text that stays text: what Markdown or HTML gives a meaning to is escaped, and an `@` calls nobody. */
export const escape = (text: string) =>
  plain(text).replace(/[\\`*_{}[\]<>#|~&@]/g, char => (char === '@' ? '@\u200b' : `\\${char}`));

/**
 * A code span, fenced with more backticks than it holds. Inside one nothing is escaped but `|`, which GitHub's tables
 * would take for their own: https://github.github.com/gfm/#example-200
 */
export function code(text: string): string {
  const line = plain(text).replace(/\|/g, '\\|');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code, fenced with more backticks than it holds. */
export function codeBlock(text: string, language = ''): string {
  const lines = text.replace(/\s+$/, '').split('\n');
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines.map(line => plainCode(line)), fence].join('\n');
}
