/** The process's own figures at a cell's borders. */
import { readFileSync } from 'node:fs';
import type { HeapRecord, IoCounters, MarksRecord } from '../told.ts';
import { scheduleOf } from './schedstat.ts';

export interface Figures {
  readonly ns: bigint;
  readonly cpu: NodeJS.CpuUsage;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly arrayBufferBytes: number;
  readonly io: IoCounters | undefined;
  readonly runQueueNs: number | undefined;
}

/** @param at `start`: the clock is read last; `end`: first, so that reading is not part of the cell. */
export function figuresNow(at: 'start' | 'end'): Figures {
  const ns = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const memory = process.memoryUsage();
  const figures = {
    ns,
    cpu,
    rssBytes: memory.rss,
    heapUsedBytes: memory.heapUsed,
    arrayBufferBytes: memory.arrayBuffers,
    io: ioNow(),
    // The main thread's number is the process's.
    runQueueNs: scheduleOf(process.pid)?.queuedNs,
  };
  return at === 'end'
    ? figures
    : { ...figures, cpu: process.cpuUsage(), ns: process.hrtime.bigint() };
}

export function marksBetween(start: Figures, end: Figures): MarksRecord {
  const heap: HeapRecord = {
    startUsedBytes: start.heapUsedBytes,
    endUsedBytes: end.heapUsedBytes,
    startArrayBufferBytes: start.arrayBufferBytes,
    endArrayBufferBytes: end.arrayBufferBytes,
  };
  return {
    startNs: String(start.ns),
    endNs: String(end.ns),
    cpuUserMs: (end.cpu.user - start.cpu.user) / 1000,
    cpuSystemMs: (end.cpu.system - start.cpu.system) / 1000,
    startRssBytes: start.rssBytes,
    endRssBytes: end.rssBytes,
    heap,
    ...(start.io && end.io && { io: ioBetween(start.io, end.io) }),
    ...(start.runQueueNs !== undefined &&
      end.runQueueNs !== undefined && { runQueueMs: (end.runQueueNs - start.runQueueNs) / 1e6 }),
  };
}

function ioBetween(start: IoCounters, end: IoCounters): IoCounters {
  return {
    readBytes: end.readBytes - start.readBytes,
    writeBytes: end.writeBytes - start.writeBytes,
    storageReadBytes: end.storageReadBytes - start.storageReadBytes,
    storageWriteBytes: end.storageWriteBytes - start.storageWriteBytes,
  };
}

/** Documentation/filesystems/proc.rst, section 3.3. */
function ioNow(): IoCounters | undefined {
  let text: string;
  try {
    text = readFileSync('/proc/self/io', 'utf8');
  } catch {
    return undefined;
  }
  const field = (name: string): number =>
    Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    readBytes: field('rchar'),
    writeBytes: field('wchar'),
    storageReadBytes: field('read_bytes'),
    storageWriteBytes: field('write_bytes'),
  };
}
