/** Addresses of exported symbols and of sections in a program or shared library: the ELF format, elf(5), 64-bit little-endian. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface Elf {
  /** Values by name, as far as asked for. */
  readonly symbols: ReadonlyMap<string, number>;
  /** Where each section that is loaded lies, by name. */
  readonly sections: ReadonlyMap<string, number>;
  /** The program is linked to fixed addresses: these values are addresses. */
  readonly isFixed: boolean;
}

interface Section {
  readonly nameAt: number;
  readonly type: number;
  readonly address: number;
  readonly at: number;
  readonly bytes: number;
  readonly link: number;
}

const MAGIC = 0x464c457f;
const CLASS_64_LITTLE = 0x0102;
const TYPE_FIXED = 2;
const SECTION_DYNAMIC_SYMBOLS = 11;
const SYMBOL_BYTES = 24;
const LARGEST_SECTION = 64 * 2 ** 20;

/** @returns undefined when the file is no such ELF file or cannot be read. */
export function readElf(path: string, names: readonly string[]): Elf | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return fstatSync(fd).isFile() ? parse(fd, names) : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

function parse(fd: number, names: readonly string[]): Elf | undefined {
  const header = readAt(fd, 0, 64);
  if (header.readUInt32LE(0) !== MAGIC || header.readUInt16LE(4) !== CLASS_64_LITTLE) {
    return undefined;
  }
  const sectionsAt = Number(header.readBigUInt64LE(40));
  const entryBytes = header.readUInt16LE(58);
  const count = header.readUInt16LE(60);
  const sections = readAt(fd, sectionsAt, entryBytes * count);
  const section = (index: number): Section => {
    const at = index * entryBytes;
    return {
      nameAt: sections.readUInt32LE(at),
      type: sections.readUInt32LE(at + 4),
      address: Number(sections.readBigUInt64LE(at + 16)),
      at: Number(sections.readBigUInt64LE(at + 24)),
      bytes: Number(sections.readBigUInt64LE(at + 32)),
      link: sections.readUInt32LE(at + 40),
    };
  };
  const { at: namesAt, bytes: namesBytes } = section(header.readUInt16LE(62));
  const sectionNames = readAt(fd, namesAt, namesBytes);
  const addresses = new Map<string, number>();
  const symbols = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const table = section(index);
    if (table.address !== 0) {
      const end = sectionNames.indexOf(0, table.nameAt);
      addresses.set(sectionNames.toString('latin1', table.nameAt, end), table.address);
    }
    if (table.type !== SECTION_DYNAMIC_SYMBOLS) continue;
    const strings = section(table.link);
    findSymbols(
      readAt(fd, table.at, table.bytes),
      readAt(fd, strings.at, strings.bytes),
      names,
      symbols,
    );
  }
  return { symbols, sections: addresses, isFixed: header.readUInt16LE(16) === TYPE_FIXED };
}

function findSymbols(
  table: Buffer,
  strings: Buffer,
  names: readonly string[],
  into: Map<string, number>,
): void {
  const wanted = new Map<number, string>();
  for (const name of names) {
    const at = strings.indexOf(`\0${name}\0`, 0, 'latin1');
    if (at >= 0) wanted.set(at + 1, name);
  }
  for (
    let at = 0;
    wanted.size > into.size && at + SYMBOL_BYTES <= table.length;
    at += SYMBOL_BYTES
  ) {
    const name = wanted.get(table.readUInt32LE(at));
    const value = Number(table.readBigUInt64LE(at + 8));
    // A library that only uses the symbol lists it too, without a value.
    if (name !== undefined && value !== 0) into.set(name, value);
  }
}

function readAt(fd: number, at: number, length: number): Buffer {
  if (length > LARGEST_SECTION) throw new Error('section too large');
  const bytes = Buffer.alloc(length);
  if (readSync(fd, bytes, 0, length, at) < length) throw new Error('file too short');
  return bytes;
}
