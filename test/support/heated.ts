/**
 * Cells drawn as code whose lines tell in a comment what they took:
 *
 *     for i, row in df.iterrows():          #> 300 | pandas DataFrame.iterrows 280
 *         total += model.predict(row)       #> 20/900
 *         time.sleep(1)                     #> 500 @sleep 500
 *
 * `self[/total]` milliseconds, waits by cause, library calls. Samples are every 10 ms.
 */
import { ms, type Cell, type Line, type OffCpu } from '../../src/profile/index.ts';
import { at, buildCell, buildLine, type CellOptions } from './profiles.ts';

const MARK = /#> (\d+)(?:\/(\d+))?((?: @\w+ \d+)*)(?: \| (.*))?$/;

/** @param where the cell's execution count, or the file's name. */
export function heatedLines(code: string, where: number | string = 1): Line[] {
  const texts = code.split('\n');
  const rows = texts.flatMap((text, i) => {
    const match = MARK.exec(text);
    return match ? [{ i, text, match, selfMs: Number(match[1]) }] : [];
  });
  const wholeMs = rows.reduce((sum, row) => sum + row.selfMs, 0);
  return rows.map(({ i, text, match, selfMs }) =>
    buildLine(at(where, i + 1), selfMs, wholeMs > 0 ? selfMs / wholeMs : 0, {
      text,
      function: functionAt(texts, i),
      totalMs: Number(match[2] ?? selfMs),
      offCpu: waits(match[3] ?? ''),
      ...(match[4] !== undefined && { callees: callees(match[4]) }),
    }),
  );
}

export function heatedCell(code: string, options: CellOptions = {}): Cell {
  const lines = heatedLines(code, options.executionCount ?? 1);
  const wallTimeMs = lines.reduce((sum, line) => sum + line.selfMs, 0);
  return buildCell({ source: code, lines, wallTimeMs, ...options });
}

function functionAt(texts: readonly string[], row: number): string {
  const indent = (text: string) => text.search(/\S/);
  for (let i = row - 1; i >= 0; i--) {
    const name = /^\s*def (\w+)/.exec(texts[i] ?? '')?.[1];
    if (name && indent(texts[i] ?? '') < indent(texts[row] ?? '')) return name;
  }
  return '<module>';
}

function waits(text: string): Partial<Record<keyof OffCpu, number>> {
  return Object.fromEntries<number>(
    [...text.matchAll(/@(\w+) (\d+)/g)].map(([, cause = '', spent]) => [cause, Number(spent)]),
  );
}

const callees = (text: string) =>
  text.split(',').map(part => {
    const [, name = '', spent = '0'] = /^\s*(.*) (\d+)\s*$/.exec(part) ?? [];
    return { name, ms: ms(Number(spent)) };
  });
