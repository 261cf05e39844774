/** IPython's own lines made harmless, so that what is left is Python with the same line numbers. */

/** Cell magics that leave Python below them. */
const PYTHON_BELOW = /^%%(pyperf|time|timeit|capture|prun|memit|mprun|lprun|scalene|debug)\b/;
/** Line magics with a statement behind them. */
const STATEMENT_BEHIND = /^(\s*)%(?:time|prun|memit)\s+(?=[^-\s])/;

/** @returns undefined when the cell is not Python. */
export function blankMagics(source: string): string | undefined {
  const lines = source.split('\n');
  let atTop = true;
  for (const [i, line] of lines.entries()) {
    if (atTop && line.startsWith('%%')) {
      if (!PYTHON_BELOW.test(line)) return undefined;
      lines[i] = '';
      continue;
    }
    if (line.trim() !== '') atTop = false;
    lines[i] = blankLine(line);
  }
  return lines.join('\n');
}

function blankLine(line: string): string {
  const statement = line.replace(STATEMENT_BEHIND, '$1');
  if (statement !== line) return statement;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  if (/^(%[a-zA-Z_]|!|\?)/.test(rest) || /^[\w.]+\?{1,2}$/.test(rest)) return `${indent}pass`;
  // `files = !ls` and `x = %env HOME`
  return line.replace(/^(\s*[\w, ]+=\s*)[!%][a-zA-Z_].*$/, '$1None');
}
