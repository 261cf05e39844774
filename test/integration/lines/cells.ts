/** Profiled cells by what the reader of a notebook would say of them: which line is hot, and what it waits for. */
import type { Cell, Line } from '../../../src/profile/index.ts';
import type { JupyterClient } from '../../support/jupyter-client.ts';
import { profileCell } from '../run/profiled-cell.ts';

export interface MarkedCell {
  readonly cell: Cell;
  readonly stdout: string;
  /** The line that ends in `#@name`; undefined when the profile does not have it. */
  readonly line: (name: string) => Line | undefined;
}

/** Runs a cell below a `%%pyperf` line of its own. Lines of interest end in a mark such as `#@hot`. */
export async function profileMarked(
  client: JupyterClient,
  code: string,
  options = '',
): Promise<MarkedCell> {
  const { cell, stdout } = await profileCell(client, `%%pyperf ${options}\n${code}`);
  return { cell, stdout, line: name => findLine(cell, `#@${name}`) };
}

export const findLine = (cell: Cell, ending: string): Line | undefined =>
  cell.lines.find(({ text }) => text?.trimEnd().endsWith(ending));

/** As the report names it: `[5]:3` or `helper.py:7`. */
export const placeOf = ({ source }: Line): string =>
  'file' in source ? `${source.file}:${source.line}` : `[${source.executionCount}]:${source.line}`;

/** The line's part of all time on lines. */
export const shareOf = (cell: Cell, line: Line | undefined): number =>
  (line?.selfMs ?? 0) / cell.lines.reduce((sum, { selfMs }) => sum + selfMs, 0);
