/** What the system's scheduler says of a thread; Documentation/scheduler/sched-stats.rst. */
import { readFileSync } from 'node:fs';

/** Nanoseconds since the thread's start. */
export interface Schedule {
  readonly onCpuNs: number;
  /** Ready to run, without a core. */
  readonly queuedNs: number;
}

/** @param threadId of this process. @returns undefined where the system does not tell. */
export function scheduleOf(threadId: number): Schedule | undefined {
  try {
    const stat = readFileSync(`/proc/self/task/${threadId}/schedstat`, 'utf8');
    const [onCpuNs = NaN, queuedNs = NaN] = stat.split(' ').map(Number);
    return Number.isFinite(onCpuNs + queuedNs) ? { onCpuNs, queuedNs } : undefined;
  } catch {
    return undefined;
  }
}
