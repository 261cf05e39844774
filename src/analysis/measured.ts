/**
 * Which of a cell's figures were measured at all.
 *
 * The profile stores zeros beside a note where a figure is missing. Here that becomes a type, so that no report can
 * take such a zero for a measurement.
 */
import type { Bytes, Cell, Milliseconds, OffCpu } from '../profile/index.ts';

/** `reason` is a sentence from the profile; empty when the profile gives none. */
export type Measured<T> = { readonly value: T } | { readonly value: null; readonly reason: string };

export interface CellMemory {
  readonly startRssBytes: Bytes;
  readonly endRssBytes: Bytes;
  readonly peakRssBytes: Bytes;
  /** End less start. */
  readonly growthBytes: number;
  /** `hwm` is exact; anything else is the greatest sample, a lower bound. */
  readonly peakIsExact: boolean;
}

/** Bytes asked for and handed over, and the part of them that storage saw. */
export interface IoTotals {
  readonly readBytes: Bytes;
  readonly writeBytes: Bytes;
  readonly storageReadBytes: Bytes;
  readonly storageWriteBytes: Bytes;
}

const missing = (reason: string | undefined) => ({ value: null, reason: reason ?? '' });

export function measuredMemory({ memory }: Cell): Measured<CellMemory> {
  if (memory.peakMethod === 'unavailable') return missing(memory.note);
  const { startRssBytes, endRssBytes, peakRssBytes } = memory;
  return {
    value: {
      startRssBytes,
      endRssBytes,
      peakRssBytes,
      growthBytes: endRssBytes - startRssBytes,
      peakIsExact: memory.peakMethod === 'hwm',
    },
  };
}

export function measuredIo({ io }: Cell): Measured<IoTotals> {
  const { readBytes, writeBytes, storageReadBytes, storageWriteBytes } = io;
  const nothing = readBytes + writeBytes + storageReadBytes + storageWriteBytes === 0;
  if (nothing && io.note !== undefined) return missing(io.note);
  return { value: { readBytes, writeBytes, storageReadBytes, storageWriteBytes } };
}

/** A process tree that could not be read gives neither memory nor CPU time; a real one never uses exactly none. */
export function measuredCpuMs(cell: Cell): Measured<Milliseconds> {
  const cpuMs = (cell.cpuUserMs + cell.cpuSystemMs) as Milliseconds;
  const unread = cpuMs === 0 && cell.memory.peakMethod === 'unavailable';
  return unread ? missing(cell.memory.note) : { value: cpuMs };
}

export function measuredOffCpu(cell: Cell): Measured<OffCpu> {
  return cell.offCpuMs === null ? missing(cell.sampling.note) : { value: cell.offCpuMs };
}

export const hasStacks = (cell: Cell): boolean => cell.sampling.method !== 'none';

/** The first reason among cells that lack a figure, for a run of which no cell has it. */
export function firstReason(figures: readonly Measured<object | number>[]): string {
  for (const figure of figures) if (figure.value === null && figure.reason) return figure.reason;
  return '';
}
