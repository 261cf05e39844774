/** What the text of a line says of locks: whether it takes one, and which `with` statements stand around it. */
import type { Source } from '../../../src/profile/index.ts';

/** Functions are rarely longer; what is further up is not looked at. */
const MOST_LINES_UP = 300;

/** A queue's `get()` and a thread's `join()` wait for a lock as well, but for none that somebody holds. */
export function isAcquiring(text: string | undefined): boolean {
  return text !== undefined && (/^\s*with\b/.test(text) || /\bacquire\w*\(/.test(text));
}

/** The `with` lines, trimmed, in whose bodies a line stands, by indentation; innermost first. */
export function enclosingHeaders(
  source: Source,
  text: (source: Source) => string | undefined,
): string[] {
  const own = text(source);
  if (own === undefined) return [];
  let indent = indentOf(own);
  const headers: string[] = [];
  for (let up = 1; up <= MOST_LINES_UP && source.line - up >= 1 && indent > 0; up++) {
    const above = text({ ...source, line: source.line - up });
    if (above === undefined) break;
    const trimmed = above.trim();
    if (trimmed === '' || trimmed.startsWith('#') || indentOf(above) >= indent) continue;
    indent = indentOf(above);
    if (trimmed.startsWith('with ')) headers.push(trimmed);
    if (/^(async\s+)?def\s/.test(trimmed)) break;
  }
  // `with lock: total += 1`, all on one line.
  return /^\s*with\b.*:\s*\S/.test(own) ? [own.trim(), ...headers] : headers;
}

const indentOf = (text: string): number => text.length - text.trimStart().length;
