/** Puts a cell's record together from what the messages, the worker, the agent and the language told. Pure. */
import type { Cell, CellStatus, Milliseconds, Sampling } from '../../src/profile/index.ts';
import { bytes, elapsedMs, monotonicNs, ms, timestamp } from '../../src/profile/units.ts';
import type { CellDetail, CellMarks } from '../languages/adapter.ts';
import type { KernelUsage, ResourceUsage } from '../sampling/protocol.ts';
import type { CellRun } from './cell-run.ts';

/** Less than this is the jitter of two clocks and the last interval. */
const UNSEEN_MS = 50;
const UNSEEN_SHARE = 0.05;

export interface CellFacts {
  readonly run: CellRun;
  readonly status: CellStatus;
  readonly index: number;
  readonly label: string | undefined;
  readonly usage: ResourceUsage;
  readonly marks: CellMarks | undefined;
  readonly detail: CellDetail;
  /** What went wrong on our side, a sentence each. */
  readonly failures: readonly string[];
}

export function buildCell(facts: CellFacts): Cell {
  const { run, usage, marks, detail } = facts;
  const exact = marks && exactUsage(usage, marks);
  const { startRssBytes, endRssBytes, peakRssBytes } = exact?.memory ?? usage;
  const label = run.options?.label ?? facts.label;
  const runQueueMs = marks?.runQueueMs ?? usage.runQueueMs;
  const time = times(run, marks);
  const samplingNote = [
    detail.sampling.note,
    unseen(detail.sampling, time.wallTimeMs),
    ...facts.failures,
  ]
    .filter(Boolean)
    .join(' ');
  return {
    cellId: run.cellId,
    index: facts.index,
    executionCount: run.executionCount,
    ...(label !== undefined && { label }),
    source: run.request.code,
    status: facts.status,
    ...(run.reply?.error && { error: run.reply.error }),
    startedAt: timestamp(new Date(Date.parse(run.arrivedAt) + time.queuedMs)),
    ...time,
    cpuUserMs: exact?.cpuUserMs ?? usage.cpuUserMs,
    cpuSystemMs: exact?.cpuSystemMs ?? usage.cpuSystemMs,
    offCpuMs: detail.offCpuMs,
    ...(runQueueMs !== undefined && { runQueueMs }),
    ...(detail.gilWaitMs !== undefined && { gilWaitMs: detail.gilWaitMs }),
    memory: {
      startRssBytes,
      endRssBytes,
      peakRssBytes: bytes(Math.max(peakRssBytes, startRssBytes, endRssBytes)),
      peakMethod: exact?.peakMethod ?? usage.peakMethod,
      series: usage.series,
      ...(usage.notes.length > 0 && { note: usage.notes.join(' ') }),
    },
    io: { ...usage.io, ...exact?.io, files: [...detail.files] },
    lines: [...detail.lines],
    ...(detail.hotLines && { hotLines: detail.hotLines }),
    functions: [...detail.functions],
    variables: [...detail.variables],
    ...(detail.containers && { containers: [...detail.containers] }),
    queries: [...(detail.queries ?? [])],
    ...(detail.requests && { requests: [...detail.requests] }),
    ...(detail.lockWaits && { lockWaits: [...detail.lockWaits] }),
    ...(detail.tracingNote !== undefined && { tracingNote: detail.tracingNote }),
    processes: [...usage.processes],
    sampling: { ...detail.sampling, ...(samplingNote && { note: samplingNote }) },
  };
}

/** A sentence on the time that no sample saw, where that is much: a cell that began while the sampler still did. */
function unseen(sampling: Sampling, wallTimeMs: Milliseconds): string | undefined {
  if (sampling.method !== 'out-of-process') return undefined;
  const unseenMs = wallTimeMs - (sampling.samples + sampling.dropped) * sampling.intervalMs;
  return unseenMs > Math.max(UNSEEN_MS, wallTimeMs * UNSEEN_SHARE)
    ? `About ${Math.round(unseenMs)} ms of the cell have no samples.`
    : undefined;
}

function times(
  run: CellRun,
  marks: CellMarks | undefined,
): Pick<Cell, 'queuedMs' | 'wallTimeMs' | 'timeMethod'> {
  if (marks)
    return {
      queuedMs: elapsedMs(monotonicNs(run.arrivedNs), marks.startNs),
      wallTimeMs: elapsedMs(marks.startNs, marks.endNs),
      timeMethod: 'agent',
    };
  const start = run.inputDate ?? run.busyDate;
  const end = run.replyDate ?? run.idleDate;
  return {
    queuedMs: between(run.arrivedAt, start),
    wallTimeMs: between(start, end),
    timeMethod: 'messages',
  };
}

function between(from: string | undefined, to: string | undefined): Milliseconds {
  if (from === undefined || to === undefined) return ms(0);
  const difference = Date.parse(to) - Date.parse(from);
  return ms(Number.isFinite(difference) ? difference : 0);
}

/**
 * The worker's figures with the kernel's own part replaced by what its agent read at the cell's very borders.
 * The worker starts and ends a moment later than the cell, which matters for short cells only.
 */
function exactUsage(usage: ResourceUsage, marks: CellMarks) {
  const { kernel } = usage;
  const replaced = (whole: number, part: number, exact: number | undefined): number =>
    exact === undefined ? whole : Math.max(0, whole - part) + exact;
  const startRssBytes = bytes(
    replaced(usage.startRssBytes, kernel.startRssBytes, marks.startRssBytes),
  );
  const endRssBytes = bytes(replaced(usage.endRssBytes, kernel.endRssBytes, marks.endRssBytes));
  const alone = usage.processes.length <= 1;
  const hasPeak = marks.peakRssBytes !== undefined;
  return {
    cpuUserMs: ms(replaced(usage.cpuUserMs, kernel.cpuUserMs, marks.cpuUserMs)),
    cpuSystemMs: ms(replaced(usage.cpuSystemMs, kernel.cpuSystemMs, marks.cpuSystemMs)),
    memory: {
      startRssBytes,
      endRssBytes,
      // With children the greatest sum that was seen stands, but never less than the kernel's own exact peak.
      peakRssBytes: bytes(
        hasPeak && alone
          ? marks.peakRssBytes
          : Math.max(usage.peakRssBytes, marks.peakRssBytes ?? 0),
      ),
    },
    peakMethod: hasPeak && alone ? ('hwm' as const) : usage.peakMethod,
    ...(marks.io && { io: exactIo(usage.io, kernel.io, marks.io) }),
  };
}

function exactIo(
  whole: ResourceUsage['io'],
  part: KernelUsage['io'],
  exact: NonNullable<CellMarks['io']>,
) {
  const replaced = (key: keyof NonNullable<CellMarks['io']>) =>
    bytes(Math.max(0, whole[key] - part[key]) + exact[key]);
  return {
    readBytes: replaced('readBytes'),
    writeBytes: replaced('writeBytes'),
    storageReadBytes: replaced('storageReadBytes'),
    storageWriteBytes: replaced('storageWriteBytes'),
  };
}
