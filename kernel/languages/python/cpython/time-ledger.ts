/**
 * Turns looks at a thread into time.
 *
 * Two looks tell where the thread was, not when it went from one place to the other: each place gets half of the time
 * between. That alone is right on a free machine. On a busy one the sampler gets a core just when the thread gives one
 * up, so it sees waits too often. But the system knows exactly how long a thread was runnable, and tells it truly
 * whenever the thread is blocked. So the time between two blocked looks is divided by that: what was seen running in
 * between shares the runnable time, the two waits share the rest.
 *
 * The system leaves out what the host of a virtual machine takes: a thread whose core is taken away while it runs is told
 * to have run for less. Then it ran at least from the first to the last look of those between which it never left its
 * core; and as long as that is more than was told, as much is taken to be missing before and after.
 */
import type { StackTree } from './stack-tree.ts';
import type { Activity } from './thread-activity.ts';

export interface Leaf {
  readonly node: number;
  readonly activity: Activity;
}

export interface LedgerGroup {
  readonly tree: StackTree;
  gilWaitMs: number;
}

/** Few looks must not be made to carry much more time than they saw; the rest waits for the next ones. */
const MOST_STRETCH = 4;

export class TimeLedger {
  private leaves: readonly Leaf[] = [];
  private blocked = false;
  /** Runnable time at the last blocked look; -1: unknown, the span is not divided. */
  private baseMs = -1;
  private spanMs = 0;
  /** Time since the last blocked look as the looks saw it: running by node, and after the wait that came before. */
  private readonly runningMs = new Map<number, number>();
  private runningSumMs = 0;
  private waitedMs = 0;
  private waiters: readonly Leaf[] = [];
  /** Since the last blocked look: running for sure. */
  private surelyMs = 0;
  /** Runnable time that passed between looks without being seen, or, negative, that was given too early. */
  private owedMs = 0;

  constructor(private readonly group: LedgerGroup) {}

  /** The thread was blocked at the last look and has not run since. */
  stayed(intervalMs: number): void {
    this.give(this.leaves, intervalMs);
  }

  /**
   * @param leaves where the thread was found; a single one unless it waits for several tasks.
   * @param runnableMs its runnable time since it began; -1 when unknown.
   * @param keptCore it has not left its core since the look before.
   */
  moved(leaves: readonly Leaf[], intervalMs: number, runnableMs: number, keptCore: boolean): void {
    const isBlocked = leaves[0]?.activity.state !== 'cpu';
    // Nothing is known of the time before the first look but what it finds.
    const isFirst = this.leaves.length === 0;
    const before = isFirst ? leaves : this.leaves;
    const wasBlocked = isFirst ? isBlocked : this.blocked;
    this.blocked = isBlocked;
    this.leaves = leaves;
    this.spanMs += intervalMs;
    if (keptCore && !wasBlocked && !isBlocked) this.surelyMs += intervalMs;
    if (wasBlocked) {
      this.waitedMs = intervalMs / 2;
      this.waiters = before;
    } else {
      this.run(before, intervalMs / 2);
    }
    if (!this.blocked) {
      this.run(leaves, intervalMs / 2);
      if (runnableMs < 0) this.baseMs = -1;
      return;
    }
    this.close(leaves, intervalMs / 2, runnableMs);
  }

  /** Hands out what is held back, as it was seen. */
  flush(): void {
    const handedMs = this.runningSumMs;
    const first = this.leaves[0];
    if (handedMs > 0) this.giveRunning(1);
    else if (this.owedMs > 0 && first) this.group.tree.addTime(first.node, 'cpu', this.owedMs);
    this.give(this.waiters, this.waitedMs);
    // The system's figure for this span still comes, with the next blocked look: it counts what was handed out now.
    this.owedMs = handedMs > 0 && this.baseMs >= 0 ? this.owedMs - handedMs : 0;
    this.spanMs -= this.waitedMs;
    this.waitedMs = 0;
    this.waiters = [];
  }

  private close(leaves: readonly Leaf[], halfMs: number, runnableMs: number): void {
    const seenWaitMs = this.waitedMs + halfMs;
    if (this.baseMs < 0 || runnableMs < 0) {
      this.giveRunning(1);
      this.give(this.waiters, this.waitedMs);
      this.give(leaves, halfMs);
    } else {
      const toldMs = Math.max(0, runnableMs - this.baseMs);
      const takenMs = Math.max(0, this.surelyMs - toldMs);
      const ranMs = Math.min(this.spanMs, toldMs + takenMs + Math.min(takenMs, seenWaitMs));
      this.owedMs += ranMs;
      if (this.runningSumMs > 0) {
        const stretch = Math.min(MOST_STRETCH, Math.max(0, this.owedMs / this.runningSumMs));
        this.owedMs -= stretch * this.runningSumMs;
        this.giveRunning(stretch);
      }
      const idleMs = this.spanMs - ranMs;
      this.give(this.waiters, (idleMs * this.waitedMs) / seenWaitMs || 0);
      this.give(leaves, (idleMs * halfMs) / seenWaitMs || 0);
    }
    this.baseMs = runnableMs;
    this.spanMs = 0;
    this.surelyMs = 0;
    this.waitedMs = 0;
    this.waiters = [];
  }

  private run(leaves: readonly Leaf[], ms: number): void {
    for (const { node } of leaves) {
      this.runningMs.set(node, (this.runningMs.get(node) ?? 0) + ms / leaves.length);
    }
    this.runningSumMs += ms;
  }

  private giveRunning(stretch: number): void {
    for (const [node, ms] of this.runningMs) this.group.tree.addTime(node, 'cpu', ms * stretch);
    this.runningMs.clear();
    this.runningSumMs = 0;
  }

  private give(leaves: readonly Leaf[], ms: number): void {
    if (ms <= 0) return;
    for (const { node, activity } of leaves) {
      const shareMs = ms / leaves.length;
      this.group.tree.addTime(node, activity.state, shareMs);
      if (activity.gil) this.group.gilWaitMs += shareMs;
      if (activity.path !== undefined) this.group.tree.addFileWait(node, activity.path, shareMs);
    }
  }
}
