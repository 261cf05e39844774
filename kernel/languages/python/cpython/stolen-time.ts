/**
 * How much longer a thread ran than the system says.
 *
 * In a virtual machine the host may take a core away from a thread that runs. The scheduler leaves that time out of
 * what it tells of the thread, though the thread did nothing else meanwhile, and no file tells whose time it was. But
 * looks see the thread running. They err to one side alone: on a busy machine they see waits too often. So where they
 * saw it run for longer than the scheduler says, and by more than chance, they are right.
 */

/** Of what is known after each span, for the next: the host takes more at one time than at another. */
const KEPT = 1 - 1 / 256;
/** Standard deviations that chance may explain. */
const BY_CHANCE = 2;

export class StolenTime {
  private seenMs = 0;
  private toldMs = 0;
  private variance = 0;

  /** The scheduler leaves out time in which the thread ran: looks know better. */
  get isTaken(): boolean {
    return this.seenMs - this.toldMs > BY_CHANCE * Math.sqrt(this.variance);
  }

  /**
   * Of a span from one wait to another.
   * @param seenMs for how long looks saw the thread run.
   * @param edgesMs the times between the looks at both ends of that, within which it began and ended.
   */
  add(seenMs: number, toldMs: number, edgesMs: readonly [number, number]): void {
    const [first, last] = edgesMs;
    this.seenMs = this.seenMs * KEPT + seenMs;
    this.toldMs = this.toldMs * KEPT + toldMs;
    // A run that is shorter than the time between looks is seen as long as that, or not at all.
    this.variance = this.variance * KEPT + (first * first + last * last) / 2;
  }
}
