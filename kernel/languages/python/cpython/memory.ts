/**
 * Another process's memory, through `/proc/<pid>/mem`.
 *
 * The handle belongs to the memory, not to the process number: after an `exec` or the process's end every read gives
 * nothing, and never another program's bytes.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** Above this no user address lies on x86-64 or arm64; a pointer beyond it is torn or no pointer. */
const END_OF_USER_SPACE = 2 ** 52;

export class ProcessMemory {
  private fd: number;
  /** Set once a read gave nothing: the program that we opened is gone. */
  ended = false;

  /** @throws Error from the system when it refuses. */
  constructor(readonly pid: number) {
    this.fd = openSync(`/proc/${pid}/mem`, 'r');
  }

  /** @returns how many bytes came; fewer than asked for at the end of a mapping, 0 when none can be read. */
  readInto(into: Uint8Array, address: number, length: number): number {
    if (this.fd < 0 || !isAddress(address)) return 0;
    try {
      const count = readSync(this.fd, into, 0, length, address);
      if (count === 0) this.ended = true;
      return count;
    } catch {
      // EIO: nothing is mapped there.
      return 0;
    }
  }

  close(): void {
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = -1;
  }
}

export const isAddress = (value: number): boolean =>
  Number.isSafeInteger(value) && value >= 4096 && value < END_OF_USER_SPACE;

/** A copy of a piece of memory, addressed as in the process. Addresses must be multiples of 8 where words are read. */
export class Snapshot {
  readonly bytes: Buffer;
  private readonly words: Uint32Array;
  start = 0;
  length = 0;

  constructor(readonly capacity: number) {
    const store = new ArrayBuffer(capacity);
    this.bytes = Buffer.from(store);
    this.words = new Uint32Array(store);
  }

  /** @returns whether all of it came. */
  take(memory: ProcessMemory, address: number, length: number): boolean {
    const wanted = Math.min(length, this.capacity);
    this.start = address;
    this.length = memory.readInto(this.bytes, address, wanted);
    return this.length === wanted;
  }

  holds(address: number, length: number): boolean {
    return address >= this.start && address + length <= this.start + this.length;
  }

  /** A 64-bit word as a number: exact for pointers and sizes, which is all that we read so. */
  word(address: number): number {
    const at = (address - this.start) >>> 2;
    return (this.words[at] as number) + (this.words[at + 1] as number) * 4294967296;
  }

  int32(address: number): number {
    return this.bytes.readInt32LE(address - this.start);
  }

  byte(address: number): number {
    return this.bytes[address - this.start] as number;
  }
}
