/** Who waited for a lock while who did what: the threads of one process, round by round, equal rounds as one. */
import type { LockRound, StackPlace } from '../../../sampling/stacks.ts';
import type { ThreadGroup, ThreadSampler } from './thread-sampler.ts';

/** Rounds that differ; what comes after them is not told apart any more, and left out. */
const MOST_ROUNDS = 3_000;

export class LockRounds {
  private readonly rounds = new Map<string, LockRound & { ms: number }>();

  /**
   * @param threads all that were looked at in this round.
   * @param numberOf a group's place in the result.
   * @param isUsers whether a stack holds code of the user's: a kernel's own idle threads wait for locks all the time.
   */
  see(
    threads: Iterable<ThreadSampler>,
    intervalMs: number,
    numberOf: (group: ThreadGroup) => number,
    isUsers: (group: ThreadGroup, node: number) => boolean,
  ): void {
    const waiting: StackPlace[] = [];
    const others: StackPlace[] = [];
    for (const { group, leaf, waitsForLock } of threads) {
      if (!leaf || !isUsers(group, leaf.node)) continue;
      (waitsForLock ? waiting : others).push([numberOf(group), leaf.node]);
    }
    if (waiting.length === 0) return;
    const key = `${waiting.join(' ')}|${others.join(' ')}`;
    const known = this.rounds.get(key);
    if (known) known.ms += intervalMs;
    else if (this.rounds.size < MOST_ROUNDS)
      this.rounds.set(key, { waiting, others, ms: intervalMs });
  }

  all(): readonly LockRound[] {
    return [...this.rounds.values()].map(round => ({ ...round }));
  }
}
