/**
 * CPU time with the resolution of `schedstat` and the reliability of `stat`.
 *
 * The kernel truncates user and system time to whole ticks, each for itself, so the truth lies in
 * `[ticks, ticks + 2 ticks)`. Differences from `schedstat` move the estimate, and those bounds hold it: what the
 * differences miss (a thread that lived between two looks) comes in through the ticks, and no error ever grows.
 */
export class CpuEstimate {
  private valueMs: number | undefined;
  private markedMs = 0;
  private leastMs = 0;

  constructor(private readonly msPerTick: number) {}

  /** Milliseconds since the process began. */
  get ms(): number {
    return this.valueMs ?? 0;
  }

  /**
   * @param ticks user and system time together, from `stat`.
   * @param gainMs exact time since the last call (since the process began, at the first); `undefined`: unknown.
   */
  update(ticks: number, gainMs: number | undefined): void {
    const least = ticks * this.msPerTick;
    const most = least + 2 * this.msPerTick;
    this.leastMs = least;
    if (this.valueMs === undefined) {
      const exact = gainMs !== undefined && gainMs >= least && gainMs <= most;
      // Threads that ended earlier are missing from the sum: the middle is then the best guess.
      this.valueMs = exact ? gainMs : gainMs === undefined ? least : least + this.msPerTick;
      return;
    }
    this.valueMs = this.bounded(this.valueMs + (gainMs ?? 0));
  }

  /** Remembers the present value for `regain`. */
  mark(): void {
    this.markedMs = this.ms;
  }

  /** Says afterwards what the gain since `mark` was, where the updates between knew the ticks only. */
  regain(gainMs: number): void {
    this.valueMs = this.bounded(this.markedMs + gainMs);
  }

  private bounded(valueMs: number): number {
    return Math.min(this.leastMs + 2 * this.msPerTick, Math.max(this.leastMs, valueMs));
  }
}
