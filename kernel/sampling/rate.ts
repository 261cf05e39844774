/**
 * When to look next. Pure: the caller brings clock, cost and dice.
 *
 * Short cells need many samples to show their lines at all, long ones have enough of them at any rate. So the rate
 * starts at 1 kHz, falls with the cell's age to 10 Hz, and never asks for more of a core than `budgetOf` allows.
 */

/** Between a sample and the closer look that it asks for, beside what both take: little else can happen in between. */
export const CLOSER_LOOK_MS = 0.05;

const FASTEST_MS = 1;
const SLOWEST_MS = 100;
/** Full rate until then: a cell of two seconds gets 2000 samples. */
const FULL_RATE_MS = 2000;
/** After a minute 55 Hz, after eight the slowest: 10 Hz. */
const DECAY = 0.85;
/** Against lockstep with a loop in the cell that has the same period. */
const JITTER = 0.2;
/** Of a wait and a wake-up, beside what the sampler itself measures. */
const WAKE_MS = 0.06;

export interface Pace {
  /** Since the cell's start. */
  readonly elapsedMs: number;
  /** Mean duration of a sample. */
  readonly costMs: number;
  /** Cores that hook and kernel may use together. */
  readonly cores: number;
  /** Samples a second that the user asked for. */
  readonly rateHz?: number;
}

/**
 * Share of a core that sampling may take. With a core of its own it may take a good part of it while the cell is
 * young; on a shared core every sample is time that the cell does not get.
 */
function budgetOf(elapsedMs: number, cores: number): number {
  if (cores < 2) return 0.02;
  return Math.max(0.015, Math.min(0.25, (0.25 * FULL_RATE_MS) / elapsedMs));
}

/** @returns milliseconds between two stack samples, without jitter. */
export function sampleIntervalMs({ elapsedMs, costMs, cores, rateHz }: Pace): number {
  if (rateHz !== undefined) return 1000 / rateHz;
  const byAge = FASTEST_MS * Math.max(1, elapsedMs / FULL_RATE_MS) ** DECAY;
  const byCost = (costMs + WAKE_MS) / budgetOf(elapsedMs, cores);
  return Math.max(Math.min(byAge, SLOWEST_MS), byCost);
}

/** @param dice 0 to 1, even. @returns the interval, up to a fifth longer or shorter; its mean stays. */
export const withJitter = (intervalMs: number, dice: number): number =>
  intervalMs * (1 + JITTER * (2 * dice - 1));

/**
 * @returns milliseconds between two looks at the process tree: at 50, 20, at last 10 Hz, and at most 2 % of a core, or
 * 1 % of one that the cell needs too.
 */
export function resourceIntervalMs(elapsedMs: number, costMs: number, cores: number): number {
  const isShared = cores < 2;
  const byAge = elapsedMs < 1000 && !isShared ? 20 : elapsedMs < 60_000 ? 50 : 100;
  return Math.max(byAge, costMs * (isShared ? 100 : 50));
}

const FIRST_COSTS = 4;

/** A running mean that neither a dear first sample nor a single preempted one can spoil. */
export class MeanCost {
  private meanMs = Infinity;
  private count = 0;

  get ms(): number {
    return this.count === 0 ? 0 : this.meanMs;
  }

  add(costMs: number): void {
    if (this.count++ < FIRST_COSTS) this.meanMs = Math.min(this.meanMs, costMs);
    else this.meanMs += (Math.min(costMs, 4 * this.meanMs) - this.meanMs) / 16;
  }
}
