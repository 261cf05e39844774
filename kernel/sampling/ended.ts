/**
 * What becomes of the figures of processes that ended.
 *
 * Linux adds a child's times and I/O to its parent's when the parent waits for it (`wait_task_zombie` in
 * kernel/exit.c), so the tree's sum keeps them. It does not when the parent ignores SIGCHLD, nor when the child was
 * reparented to a process outside the tree: then what was last seen is all there is, and it is kept here.
 */
import type { Member } from './member.ts';
import { addMember, emptyTotals, IO_FIELDS, type Totals } from './totals.ts';

/**
 * @param heir the nearest live ancestor in the tree, read again after the end; undefined: there is none.
 * @param ended all that ended below the heir since the heir was last marked.
 * @returns what the heir did not take over.
 */
export function lostWith(
  heir: Member | undefined,
  ended: readonly Member[],
  msPerTick: number,
): Totals {
  const seen = emptyTotals();
  for (const member of ended) addMember(seen, member);
  if (heir === undefined || heir.files.ignoresChildren()) return seen;

  const lost = emptyTotals();
  const gainedMs = heir.inheritedTicksSinceMark * msPerTick;
  // Both sides are truncated to ticks, user and system time each.
  if (seen.cpuMs <= gainedMs + 2 * msPerTick) heir.inherited.regain(seen.cpuMs);
  else {
    lost.cpuMs = seen.cpuMs - gainedMs;
    const part = lost.cpuMs / seen.cpuMs;
    lost.userTicks = seen.userTicks * part;
    lost.systemTicks = seen.systemTicks * part;
  }
  for (const field of IO_FIELDS) {
    lost[field] = Math.max(0, seen[field] - (heir.io[field] - heir.markedIo[field]));
  }
  return lost;
}
