/** Code in colours, as JupyterLab's own highlighter gives it, cut into the lines of a table. */

export interface Token {
  readonly text: string;
  /** Of JupyterLab's highlight style; empty for plain text. */
  readonly className: string;
}

/** @returns the tokens of each line. Never fails: code of an unknown language is plain. */
export type Highlight = (code: string, language: string) => Promise<readonly (readonly Token[])[]>;

/** A string over several lines is one token to the highlighter. */
export function splitTokens(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { text, className } of tokens) {
    text.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, className });
    });
  }
  return lines;
}
