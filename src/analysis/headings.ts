/** The headings of Markdown cells, which name the code below them. */

const HEADING = /^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/;

/** The text of the last heading in a Markdown cell; undefined when it has none. */
export function lastHeading(markdown: string): string | undefined {
  let inFence = false;
  let found: string | undefined;
  for (const line of markdown.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
    const text = inFence ? undefined : HEADING.exec(line)?.[1];
    if (text !== undefined) found = withoutMarks(text);
  }
  return found;
}

/** Markdown's marks for links, code and emphasis do not belong in a label. */
const withoutMarks = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/[`*]|\b__|__\b/g, '')
    .trim();
