/**
 * The location table of a code object: `co_linetable`, PEP 626 and PEP 657, described in
 * `Objects/locations.md` of CPython's sources. Each entry covers some code units (2 bytes each).
 */

/** Bytecode offsets where entries begin, ascending, and each entry's line; 0 where the code has none. */
export interface LineTable {
  readonly starts: Int32Array;
  readonly lines: Int32Array;
  /** Bytes of bytecode that the table covers. */
  readonly codeBytes: number;
}

const NO_LOCATION = 15;
const LONG = 14;
const NO_COLUMNS = 13;
const ONE_LINE_0 = 10;

/** @returns undefined when the bytes end inside an entry: they are no such table. */
export function decodeLineTable(table: Uint8Array, firstLine: number): LineTable | undefined {
  const starts: number[] = [];
  const lines: number[] = [];
  let at = 0;
  let line = firstLine;
  let offset = 0;

  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 6) {
      const byte = table[at++] ?? 0;
      value |= (byte & 63) << shift;
      if ((byte & 64) === 0) break;
    }
    return value >>> 0;
  };
  const signed = (): number => {
    const value = varint();
    return value & 1 ? -(value >>> 1) : value >>> 1;
  };

  while (at < table.length) {
    const head = table[at++] as number;
    // Every entry's first byte has its highest bit set, and no other byte has.
    if ((head & 128) === 0) return undefined;
    const kind = (head >> 3) & 15;
    if (kind === LONG) {
      line += signed();
      varint();
      varint();
      varint();
    } else if (kind === NO_COLUMNS) {
      line += signed();
    } else if (kind >= ONE_LINE_0 && kind < NO_COLUMNS) {
      line += kind - ONE_LINE_0;
      at += 2;
    } else if (kind !== NO_LOCATION) {
      at += 1;
    }
    starts.push(offset);
    lines.push(kind === NO_LOCATION ? 0 : line);
    offset += ((head & 7) + 1) * 2;
  }
  if (at !== table.length) return undefined;
  return { starts: Int32Array.from(starts), lines: Int32Array.from(lines), codeBytes: offset };
}

/**
 * The line of the instruction at a bytecode offset. Instructions that the compiler made up have none; they count to
 * the nearest one before that has a line.
 * @returns 0 when there is none before.
 */
export function lineAt(table: LineTable, offset: number): number {
  const { starts, lines } = table;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  for (let entry = low; entry >= 0; entry--) {
    const line = lines[entry] as number;
    if (line > 0) return line;
  }
  return 0;
}
