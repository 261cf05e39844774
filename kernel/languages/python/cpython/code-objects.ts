/**
 * What is known of the code objects of one process.
 *
 * Code objects are freed and their addresses used again, so an entry is never trusted for its address alone. Each look
 * compares the object's own immutable fields with those that the entry was made from: line numbers, sizes, version,
 * and the addresses of its name, file name and line table. Looks may trust an entry that was compared a moment ago; the
 * innermost frame's never is. The line table's bytes are compared too, less often.
 */
import { OBJECT_TYPE, type Layout } from './layouts/layout.ts';
import { decodeLineTable, type LineTable } from './line-table.ts';
import { type ProcessMemory, Snapshot } from './memory.ts';
import { readBytes, readText } from './text.ts';

export interface CodeObject {
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
  readonly table: LineTable;
  /** A call of it runs nothing, and gives a generator, coroutine or asynchronous generator. */
  readonly makesGenerator: boolean;
  /** Where its bytecode begins in the process. */
  readonly bytecode: number;
  /** Frame numbers by line, filled by `FrameTable`. */
  readonly frameByLine: Map<number, number>;
}

interface Entry extends CodeObject {
  readonly identity: Buffer;
  readonly lineTableBytes: Buffer;
  comparedMs: number;
  tableComparedMs: number;
}

/** `CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR`: https://docs.python.org/3/library/inspect.html#inspect.CO_GENERATOR */
const MAKES_GENERATOR = 0x20 | 0x80 | 0x200;
/** How long a comparison holds for frames that are not the innermost. */
const TRUSTED_MS = 10;
const TABLE_TRUSTED_MS = 100;
/** A program that compiles without end must not fill our memory. */
const MOST_ENTRIES = 8192;

export class CodeObjects {
  private readonly entries = new Map<number, Entry>();
  private readonly header: Snapshot;
  private readonly identityStart: number;
  private readonly identityEnd: number;

  constructor(
    private readonly memory: ProcessMemory,
    private readonly layout: Layout,
    private readonly codeType: number,
  ) {
    const { code } = layout;
    // In every version the fields from the first line to the line table are fixed when the object is made.
    this.identityStart = code.firstLine;
    this.identityEnd = code.lineTable + 8;
    this.header = new Snapshot((this.identityEnd + 7) & ~7);
  }

  /**
   * @param innermost the frame that executes: always compared.
   * @returns undefined when no code object is there.
   */
  find(address: number, nowMs: number, innermost: boolean): CodeObject | undefined {
    const entry = this.entries.get(address);
    if (entry && !innermost && nowMs - entry.comparedMs < TRUSTED_MS) return entry;
    if (!this.header.take(this.memory, address, this.header.capacity)) return undefined;
    if (this.header.word(address + OBJECT_TYPE) !== this.codeType) return undefined;
    if (entry && this.isSame(entry, address, nowMs)) {
      entry.comparedMs = nowMs;
      return entry;
    }
    const fresh = this.read(address, nowMs);
    if (!fresh) return undefined;
    if (this.entries.size >= MOST_ENTRIES) this.entries.clear();
    this.entries.set(address, fresh);
    return fresh;
  }

  private isSame(entry: Entry, address: number, nowMs: number): boolean {
    const { bytes } = this.header;
    if (
      bytes.compare(
        entry.identity,
        0,
        entry.identity.length,
        this.identityStart,
        this.identityEnd,
      ) !== 0
    ) {
      return false;
    }
    if (nowMs - entry.tableComparedMs < TABLE_TRUSTED_MS) return true;
    const table = readBytes(this.memory, this.header.word(address + this.layout.code.lineTable));
    if (!table?.equals(entry.lineTableBytes)) return false;
    entry.tableComparedMs = nowMs;
    return true;
  }

  private read(address: number, nowMs: number): Entry | undefined {
    const { code } = this.layout;
    const identity = Buffer.from(this.header.bytes.subarray(this.identityStart, this.identityEnd));
    const firstLine = this.header.int32(address + code.firstLine);
    const pointer = (offset: number): number => this.header.word(address + offset);
    const file = readText(this.memory, this.layout, pointer(code.fileName));
    const name = readText(this.memory, this.layout, pointer(code.qualifiedName));
    const lineTableBytes = readBytes(this.memory, pointer(code.lineTable));
    if (file === undefined || name === undefined || !lineTableBytes) return undefined;
    const table = decodeLineTable(lineTableBytes, firstLine);
    if (!table) return undefined;
    return {
      function: name,
      file,
      firstLine,
      table,
      makesGenerator: (this.header.int32(address + code.flags) & MAKES_GENERATOR) !== 0,
      bytecode: address + code.bytecode,
      frameByLine: new Map(),
      identity,
      lineTableBytes,
      comparedMs: nowMs,
      tableComparedMs: nowMs,
    };
  }
}
