/** CPython's strings and bytes, read from outside. */
import { BYTES_DATA, VAR_SIZE, type Layout } from './layouts/layout.ts';
import { type ProcessMemory, Snapshot } from './memory.ts';

/** Longer names are no names: a torn read, or something built to be awkward. */
const LONGEST_TEXT = 4096;
const LONGEST_BYTES = 1 << 20;
/** One read brings the header and nearly every name. */
const FIRST_READ = 256;

const first = new Snapshot(FIRST_READ);

/** @returns undefined when there is no string at the address. */
export function readText(
  memory: ProcessMemory,
  layout: Layout,
  address: number,
): string | undefined {
  const { text } = layout;
  first.take(memory, address, FIRST_READ);
  if (first.length < text.compactSize) return undefined;
  const length = first.word(address + text.length);
  if (length > LONGEST_TEXT) return undefined;
  const state = first.int32(address + text.state) >>> 0;
  // The fields interned, kind, compact, ascii: after 2 bits up to 3.13, after 16 bits in some later versions. In the
  // latter the three bits that are the kind in the former are always 0.
  const fields = ((state >>> 2) & 7) !== 0 ? state >>> 2 : state >>> 16;
  const kind = fields & 7;
  if ((kind !== 1 && kind !== 2 && kind !== 4) || (fields & 8) === 0) return undefined;
  const begin = address + ((fields & 16) !== 0 ? text.asciiSize : text.compactSize);
  const bytes = readRange(memory, begin, length * kind);
  if (!bytes) return undefined;
  if (kind === 1) return bytes.toString('latin1');
  if (kind === 2) return bytes.toString('utf16le');
  return fromUcs4(bytes);
}

export function readBytes(memory: ProcessMemory, address: number): Buffer | undefined {
  first.take(memory, address, FIRST_READ);
  if (first.length < BYTES_DATA) return undefined;
  const length = first.word(address + VAR_SIZE);
  return length > LONGEST_BYTES ? undefined : readRange(memory, address + BYTES_DATA, length);
}

function readRange(memory: ProcessMemory, begin: number, length: number): Buffer | undefined {
  if (first.holds(begin, length)) {
    return Buffer.from(first.bytes.subarray(begin - first.start, begin - first.start + length));
  }
  const bytes = Buffer.alloc(length);
  return memory.readInto(bytes, begin, length) === length ? bytes : undefined;
}

function fromUcs4(bytes: Buffer): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bytes.readUInt32LE(at);
    if (point > 0x10ffff) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}
