/**
 * The page that the agent shares with the hook: a ring of slots, one a cell, with exact figures at the cell's borders.
 *
 * The agent maps the file into the kernel's memory; the hook reads it through its own descriptor. A cell's slot is
 * complete before the kernel can say that it is idle, so the hook never waits for it. Layout: see `_SLOT` in
 * `agent/marks_page.py`: little-endian 64-bit numbers, then the request's `msg_id` and the name of the cell's file.
 */
import { closeSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { ms, monotonicNs } from '../../../src/profile/units.ts';
import type { CellMarks, CellStart } from '../adapter.ts';

export const SLOTS = 64;
const SLOT_BYTES = 512;
const LENGTH_AT = 13 * 8;
const MSG_ID_AT = 160;
const FILE_LENGTH_AT = 15 * 8;
const COUNT_AT = 16 * 8;
const FILE_AT = 256;
const FREE = 0n;
const DONE = 2n;
const UNKNOWN = 2n ** 64n - 1n;

export class MarksPage {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(SLOTS * SLOT_BYTES);

  constructor(readonly path: string) {
    this.#fd = openSync(path, 'wx+', 0o600);
    ftruncateSync(this.#fd, this.#buffer.length);
  }

  /** @returns undefined when the cell never started or never ended, as the agent saw it. */
  find(msgId: string): CellMarks | undefined {
    const slot = this.#slotOf(msgId);
    return slot?.readBigUInt64LE(0) === DONE ? toMarks(slot) : undefined;
  }

  /** @returns undefined before the cell began. */
  startOf(msgId: string): CellStart | undefined {
    const slot = this.#slotOf(msgId);
    if (!slot) return undefined;
    const count = slot.readBigUInt64LE(COUNT_AT);
    return { executionCount: count === UNKNOWN ? null : Number(count) };
  }

  /** The file name that a cell runs, or has run, under; undefined for a cell that never started. */
  fileOf(msgId: string): string | undefined {
    const slot = this.#slotOf(msgId);
    if (!slot) return undefined;
    const length = Math.min(Number(slot.readBigUInt64LE(FILE_LENGTH_AT)), SLOT_BYTES - FILE_AT);
    return length === 0 ? undefined : slot.toString('utf8', FILE_AT, FILE_AT + length);
  }

  #slotOf(msgId: string): Buffer | undefined {
    readSync(this.#fd, this.#buffer, 0, this.#buffer.length, 0);
    const name = Buffer.from(msgId).subarray(0, FILE_AT - MSG_ID_AT);
    for (let at = 0; at < this.#buffer.length; at += SLOT_BYTES) {
      const slot = this.#buffer.subarray(at, at + SLOT_BYTES);
      const length = Number(slot.readBigUInt64LE(LENGTH_AT));
      if (slot.readBigUInt64LE(0) === FREE || length !== name.length) continue;
      if (slot.subarray(MSG_ID_AT, MSG_ID_AT + length).equals(name)) return slot;
    }
    return undefined;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function toMarks(slot: Buffer): CellMarks {
  const field = (index: number): bigint => slot.readBigUInt64LE(index * 8);
  const known = (index: number): number | undefined =>
    field(index) === UNKNOWN ? undefined : Number(field(index));
  const [startRssBytes, endRssBytes, peakRssBytes] = [5, 6, 7].map(known);
  const [readBytes, writeBytes, storageReadBytes, storageWriteBytes] = [8, 9, 10, 11].map(known);
  const runQueueNs = known(14);
  return {
    startNs: monotonicNs(field(1)),
    endNs: monotonicNs(field(2)),
    cpuUserMs: ms(Number(field(3)) / 1e6),
    cpuSystemMs: ms(Number(field(4)) / 1e6),
    ...(runQueueNs !== undefined && { runQueueMs: ms(runQueueNs / 1e6) }),
    ...(startRssBytes !== undefined && { startRssBytes }),
    ...(endRssBytes !== undefined && { endRssBytes }),
    ...(peakRssBytes !== undefined && { peakRssBytes }),
    ...(readBytes !== undefined &&
      writeBytes !== undefined &&
      storageReadBytes !== undefined &&
      storageWriteBytes !== undefined && {
        io: { readBytes, writeBytes, storageReadBytes, storageWriteBytes },
      }),
  };
}
