/**
 * Where a thread was at each moment of a cell, in bounded memory however long the cell runs.
 *
 * When all moments are in use, neighbours become one, and from then on each is twice as long.
 */
import type { Moment } from './stacks.ts';

export const MOST_MOMENTS = 120;
const FIRST_LENGTH_MS = 10;
/** Nodes of the call tree remembered for one moment; what was seen most often stays. */
const MOST_NODES = 8;

interface Interval {
  endMs: number;
  readonly samples: Map<number, number>;
}

export class Moments {
  private intervals: Interval[] = [];
  private lengthMs = FIRST_LENGTH_MS;

  /** @param startMs of the cell, by the clock of `add`. */
  constructor(private readonly startMs: number) {}

  /** @param nowMs ascending. */
  add(nowMs: number, node: number): void {
    const atMs = nowMs - this.startMs;
    const last = this.intervals.at(-1);
    if (last && atMs < last.endMs) return count(last, node, 1);
    if (this.intervals.length === MOST_MOMENTS) this.halve();
    const endMs = (Math.floor(atMs / this.lengthMs) + 1) * this.lengthMs;
    const into = this.intervals.at(-1);
    if (into && endMs <= into.endMs) return count(into, node, 1);
    this.intervals.push({ endMs, samples: new Map([[node, 1]]) });
  }

  result(): Moment[] {
    return this.intervals.map(({ endMs, samples }) => ({
      untilMs: endMs,
      nodes: [...samples].map(([node, seen]) => ({ node, samples: seen })),
    }));
  }

  private halve(): void {
    this.lengthMs *= 2;
    const merged: Interval[] = [];
    for (const interval of this.intervals) {
      const endMs = Math.ceil(interval.endMs / this.lengthMs) * this.lengthMs;
      const last = merged.at(-1);
      if (last?.endMs === endMs)
        for (const [node, seen] of interval.samples) count(last, node, seen);
      else merged.push({ endMs, samples: interval.samples });
    }
    this.intervals = merged;
    // A thread that was seen rarely leaves gaps, and then neighbours may not meet.
    if (merged.length > MOST_MOMENTS / 2) this.halve();
  }
}

function count({ samples }: Interval, node: number, seen: number): void {
  samples.set(node, (samples.get(node) ?? 0) + seen);
  if (samples.size <= MOST_NODES) return;
  const [rarest] = [...samples].reduce((least, one) => (one[1] < least[1] ? one : least));
  samples.delete(rarest);
}
