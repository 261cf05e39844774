/**
 * How long a thread ran between two waits.
 *
 * The scheduler tells exactly, but for one thing: in a virtual machine the host may take a core away from what runs on
 * it, and that time the scheduler leaves out, though the thread did nothing else meanwhile. No file tells whose time it
 * was. But looks see the thread running. They err to one side alone: on a busy machine they see waits too often. So
 * where they saw it run for longer than the scheduler says, and by more than chance, they are right.
 */

/** Of what is known after each span, for the next: the host takes more at one time than at another. */
const KEPT = 1 - 1 / 256;
/** Standard deviations that chance may explain. */
const BY_CHANCE = 2;
/** Usual times between looks, from which on one is late. */
const LATE = 1.5;

export class StolenTime {
  /** Of the span so far: for how long looks saw the thread run, and the variance of that, in ms². */
  private seenMs = 0;
  private variance = 0;
  /** The same of the spans before, and what the scheduler told of them. */
  private readonly sum = { seenMs: 0, toldMs: 0, variance: 0 };
  private usualMs = 0;

  /** Takes two looks at the thread, so far apart, and whether they found it running. */
  looked(intervalMs: number, ranBefore: boolean, runsNow: boolean): void {
    this.usualMs ||= intervalMs;
    this.usualMs += (Math.min(intervalMs, 2 * this.usualMs) - this.usualMs) / 16;
    if (ranBefore && runsNow) {
      this.seenMs += intervalMs;
      return;
    }
    // A late look that finds a change says little of when that was: the host may have held back both of us.
    const withinMs = Math.min(intervalMs, LATE * this.usualMs);
    if (ranBefore !== runsNow) this.seenMs += withinMs / 2;
    // A run that is shorter than the time between looks is seen as long as that, or not at all.
    this.variance += (withinMs * withinMs) / 2;
  }

  /** Ends the span. @param toldMs by the scheduler. */
  ranMs(toldMs: number): number {
    const { sum } = this;
    sum.seenMs = sum.seenMs * KEPT + this.seenMs;
    sum.toldMs = sum.toldMs * KEPT + toldMs;
    sum.variance = sum.variance * KEPT + this.variance;
    const isTaken = sum.seenMs - sum.toldMs > BY_CHANCE * Math.sqrt(sum.variance);
    const ranMs = isTaken ? this.seenMs : toldMs;
    this.forget();
    return ranMs;
  }

  /** Ends a span of which the scheduler tells nothing. */
  forget(): void {
    this.seenMs = 0;
    this.variance = 0;
  }
}
