/** Line tables as CPython wrote them, against what CPython itself says they mean. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeLineTable, lineAt } from '../../../kernel/languages/python/cpython/line-table.ts';

interface Recorded {
  readonly version: string;
  readonly codes: readonly {
    readonly name: string;
    readonly firstLine: number;
    /** `co_linetable`, hexadecimal. */
    readonly table: string;
    /** From `co_lines()`: first and last offset in bytes, and the line; null where there is none. */
    readonly lines: readonly (readonly [start: number, end: number, line: number | null])[];
  }[];
}

const FIXTURES = join(import.meta.dirname, 'fixtures');
const recorded = ['3.11', '3.12', '3.13'].map(
  version =>
    JSON.parse(readFileSync(join(FIXTURES, `line-tables-${version}.json`), 'utf8')) as Recorded,
);

describe.each(recorded)('a line table of CPython $version', ({ codes }) => {
  it.each(codes)('$name', ({ firstLine, table, lines }) => {
    const decoded = decodeLineTable(Buffer.from(table, 'hex'), firstLine);
    if (!decoded) throw new Error('not decoded');
    expect(decoded.codeBytes).toBe(lines.at(-1)?.[1]);
    for (const [start, end, line] of lines) {
      if (line === null) continue;
      for (let offset = start; offset < end; offset += 2)
        expect(lineAt(decoded, offset)).toBe(line);
    }
  });
});

it('counts an instruction without a line to the one before', () => {
  // Two entries: one line on (code 11), then no location (code 15), each of one code unit.
  const decoded = decodeLineTable(Uint8Array.of(0x80 | (11 << 3), 0, 0, 0x80 | (15 << 3)), 7);
  expect(decoded && [lineAt(decoded, 0), lineAt(decoded, 2)]).toEqual([8, 8]);
});

it('refuses bytes that are no line table', () => {
  expect(decodeLineTable(Uint8Array.of(0x12, 0x34), 1)).toBeUndefined();
  expect(decodeLineTable(Uint8Array.of(0x80 | (11 << 3), 0), 1)).toBeUndefined();
});
