/**
 * A file through which the kernel tells the hook about its cells: a ring of slots, and a ring of texts behind them.
 *
 * The kernel writes with plain system calls, from whichever thread; the hook reads when it wants to know. What is
 * written is there at once, also when the kernel dies in the next instant, and no message of Jupyter's is touched.
 * Both sides open the file by its name while the kernel starts; then the name goes away.
 *
 * A slot is 256 bytes, little-endian: version (u32, 0: empty), length of the text (u32), place of the text (u32),
 * length of the key (u32), key (UTF-8, at byte 32). The text stands complete before its slot does, and begins with the
 * key, so that one that was written over is known.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const SLOTS = 64;
const SLOT_BYTES = 256;
const KEY_AT = 32;
const MAX_KEY_BYTES = SLOT_BYTES - KEY_AT;
const TEXTS_AT = SLOTS * SLOT_BYTES;
/** Texts begin again at the front after this; far more than the hook ever leaves unread. */
const TEXTS_BYTES = 32_000_000;

/** @returns a descriptor, which every thread of the process may use. @throws Error of the file system. */
export const createMailbox = (path: string): number => openSync(path, 'wx+', 0o600);

/** The kernel's side. One writer a file. */
export class MailboxWriter {
  readonly #fd: number;
  readonly #slots = new Map<string, number>();
  #nextSlot = 0;
  #nextText = 0;
  #version = 0;

  /** @param fd of `createMailbox`. */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Puts `text` under `key`, in place of what was there. A text that is too long is not written. */
  put(key: string, text: string): void {
    const bytes = Buffer.from(key + text);
    const name = Buffer.from(key).subarray(0, MAX_KEY_BYTES);
    if (bytes.length > TEXTS_BYTES / 4) return;
    if (this.#nextText + bytes.length > TEXTS_BYTES) this.#nextText = 0;
    const at = TEXTS_AT + this.#nextText;
    this.#nextText += bytes.length;
    writeSync(this.#fd, bytes, 0, bytes.length, at);
    const slot = Buffer.alloc(SLOT_BYTES);
    slot.writeUInt32LE(++this.#version, 0);
    slot.writeUInt32LE(bytes.length, 4);
    slot.writeUInt32LE(at, 8);
    slot.writeUInt32LE(name.length, 12);
    name.copy(slot, KEY_AT);
    writeSync(this.#fd, slot, 0, slot.length, this.#slotOf(key) * SLOT_BYTES);
  }

  #slotOf(key: string): number {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#nextSlot++ % SLOTS;
    for (const [other, taken] of this.#slots) if (taken === slot) this.#slots.delete(other);
    this.#slots.set(key, slot);
    return slot;
  }
}

/** The hook's side. */
export class MailboxReader {
  readonly #fd: number;
  readonly #slots = Buffer.alloc(TEXTS_AT);

  /** @throws Error of the file system: the kernel made no mailbox. */
  constructor(path: string) {
    this.#fd = openSync(path, 'r');
  }

  /** @returns undefined when nothing was written under the key, or when it has been written over. */
  find(key: string): string | undefined {
    const name = Buffer.from(key).subarray(0, MAX_KEY_BYTES);
    const size = readSync(this.#fd, this.#slots, 0, TEXTS_AT, 0);
    for (let at = 0; at + SLOT_BYTES <= size; at += SLOT_BYTES) {
      const slot = this.#slots.subarray(at, at + SLOT_BYTES);
      if (slot.readUInt32LE(0) === 0 || slot.readUInt32LE(12) !== name.length) continue;
      if (!slot.subarray(KEY_AT, KEY_AT + name.length).equals(name)) continue;
      const text = Buffer.alloc(slot.readUInt32LE(4));
      readSync(this.#fd, text, 0, text.length, slot.readUInt32LE(8));
      const found = text.toString('utf8');
      return found.startsWith(key) ? found.slice(key.length) : undefined;
    }
    return undefined;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
