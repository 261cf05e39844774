/** What the time was spent on: on a CPU, or waiting and for what. */
import {
  ms,
  OFF_CPU_CAUSES,
  shareOf,
  type Cell,
  type Milliseconds,
  type OffCpu,
  type OffCpuCause,
  type Share,
} from '../profile/index.ts';

export interface TimeSplit {
  /** Wall time of the cells that the split is of. */
  readonly wallTimeMs: Milliseconds;
  /** Wall time less all waiting: running, or ready to run. */
  readonly onCpuMs: Milliseconds;
  readonly offCpuMs: OffCpu;
  readonly offCpuShare: Share;
}

/** Of those cells whose stacks were sampled; null when none was. */
export function splitTime(cells: readonly Cell[]): TimeSplit | null {
  const sampled = cells.flatMap(({ wallTimeMs, offCpuMs }) =>
    offCpuMs === null ? [] : [{ wallTimeMs, offCpuMs }],
  );
  if (sampled.length === 0) return null;
  const wallTimeMs = ms(sampled.reduce((sum, cell) => sum + cell.wallTimeMs, 0));
  const offCpuMs = addOffCpu(sampled.map(cell => cell.offCpuMs));
  const off = sumOffCpu(offCpuMs);
  return {
    wallTimeMs,
    onCpuMs: ms(wallTimeMs - off),
    offCpuMs,
    offCpuShare: shareOf(off, wallTimeMs),
  };
}

export interface Cause {
  /** `children`, `threads`: waiting for child processes or other threads that compute. */
  readonly cause: OffCpuCause | 'cpu' | 'children' | 'threads';
  /** Of the cell's wall time. */
  readonly share: Share;
}

/** What a cell's time went to most, `cpu` included; null when its stacks were not sampled or it took no time. */
export function mainCause(cell: Cell): Cause | null {
  const split = splitTime([cell]);
  if (!split || split.wallTimeMs === 0) return null;
  const parts = OFF_CPU_CAUSES.map(cause => ({ cause, spent: split.offCpuMs[cause] }));
  const most = parts.reduce((best, part) => (part.spent > best.spent ? part : best));
  if (most.spent <= split.onCpuMs)
    return { cause: 'cpu', share: shareOf(split.onCpuMs, split.wallTimeMs) };
  return {
    cause: whoComputes(cell, most.cause, most.spent, split.onCpuMs) ?? most.cause,
    share: shareOf(most.spent, split.wallTimeMs),
  };
}

/** Of the time that the cell waited. */
const MIN_MEANWHILE_SHARE = 0.5;

/** A pool's owner waits at a pipe or a lock, or sleeps and looks again: the system cannot say for whom. */
function whoComputes(
  cell: Cell,
  cause: OffCpuCause,
  waitedMs: number,
  ownCpuMs: number,
): 'children' | 'threads' | undefined {
  if (cause === 'disk' || cause === 'network') return undefined;
  const leastMs = waitedMs * MIN_MEANWHILE_SHARE;
  if (childrenCpuMs(cell) >= leastMs) return 'children';
  return cell.cpuUserMs + cell.cpuSystemMs - ownCpuMs >= leastMs ? 'threads' : undefined;
}

/** CPU time of the kernel's descendants while the cell ran. */
function childrenCpuMs({ processes }: Cell): number {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes
    .filter(({ parentPid }) => pids.has(parentPid))
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

export const sumOffCpu = (offCpuMs: Readonly<Record<OffCpuCause, number>>): Milliseconds =>
  ms(OFF_CPU_CAUSES.reduce((sum, cause) => sum + offCpuMs[cause], 0));

export function addOffCpu(parts: readonly OffCpu[]): OffCpu {
  const sum = (cause: OffCpuCause) => ms(parts.reduce((total, part) => total + part[cause], 0));
  return {
    disk: sum('disk'),
    network: sum('network'),
    lock: sum('lock'),
    sleep: sum('sleep'),
    wait: sum('wait'),
    other: sum('other'),
  };
}
