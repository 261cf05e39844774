/** The result where there is nothing to measure with: explicit, and never a failure. */
import { bytes, ms } from './brand.ts';
import type { ResourceUsage } from './protocol.ts';

const NO_IO = {
  readBytes: bytes(0),
  writeBytes: bytes(0),
  storageReadBytes: bytes(0),
  storageWriteBytes: bytes(0),
};
const NO_USE = {
  cpuUserMs: ms(0),
  cpuSystemMs: ms(0),
  startRssBytes: bytes(0),
  endRssBytes: bytes(0),
  peakRssBytes: bytes(0),
};

/** @param note why, in a sentence. */
export const unavailableUsage = (note: string): ResourceUsage => ({
  ...NO_USE,
  peakMethod: 'unavailable',
  series: { tMs: [], rssBytes: [], cpuCores: [], readBytesPerSecond: [], writeBytesPerSecond: [] },
  io: { ...NO_IO, note },
  processes: [],
  kernel: { ...NO_USE, io: NO_IO },
  notes: [note],
});
