/** A cell's figures without its stacks, series and sources: small enough for a cell's metadata, in the format's words. */
import { SCHEMA_VERSION, type Cell } from '../../src/profile/index.ts';
import type { JsonObject } from '../wire/message.ts';

const HOTTEST_LINES = 5;

export function figuresOf(cell: Cell): JsonObject {
  const { status, startedAt, queuedMs, wallTimeMs, timeMethod, cpuUserMs, cpuSystemMs } = cell;
  const { startRssBytes, endRssBytes, peakRssBytes, peakMethod } = cell.memory;
  const { readBytes, writeBytes, storageReadBytes, storageWriteBytes } = cell.io;
  const lines = [...cell.lines].sort((a, b) => b.share - a.share).slice(0, HOTTEST_LINES);
  const figures = {
    schemaVersion: SCHEMA_VERSION,
    ...{ status, startedAt, queuedMs, wallTimeMs, timeMethod, cpuUserMs, cpuSystemMs },
    ...(cell.offCpuMs && { offCpuMs: cell.offCpuMs }),
    memory: { startRssBytes, endRssBytes, peakRssBytes, peakMethod },
    io: { readBytes, writeBytes, storageReadBytes, storageWriteBytes },
    ...(lines.length > 0 && {
      lines: lines.map(({ source, selfMs, share }) => ({ source, selfMs, share })),
    }),
    sampling: cell.sampling,
  };
  return JSON.parse(JSON.stringify(figures, rounded)) as JsonObject;
}

/** A thousandth of a millisecond, or of a share, is less than what is measured. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
