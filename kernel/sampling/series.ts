/**
 * A time series of any length in bounded memory.
 *
 * When it is full, neighbours are merged two by two and points are kept half as often from then on. Memory merges by
 * maximum, so no peak is ever lost; rates by mean weighted with time, so their integral stays what it was.
 */
import type { Series } from '../../src/profile/index.ts';
import { bytes, ms } from './brand.ts';

/** The schema's limit, see `SeriesSchema`. */
export const MOST_POINTS = 500;

/** What happened since the last point that was added. */
export interface SeriesPoint {
  /** Since the cell's start; the interval's end. */
  readonly tMs: number;
  readonly rssBytes: number;
  readonly cpuMs: number;
  readonly readBytes: number;
  readonly writeBytes: number;
}

interface Interval {
  endMs: number;
  rssBytes: number;
  cpuMs: number;
  readBytes: number;
  writeBytes: number;
}

export class OnlineSeries {
  /** Allocated once; `count` of them are in use. The last one may still grow. */
  private readonly intervals: Interval[] = Array.from({ length: MOST_POINTS }, emptyInterval);
  private count = 0;
  /** Shorter intervals than this take in what follows. */
  private leastMs = 0;

  add(point: SeriesPoint): void {
    const last = this.intervals[this.count - 1];
    if (last !== undefined && last.endMs - this.startMs(this.count - 1) < this.leastMs) {
      extend(last, point.tMs, point);
      return;
    }
    if (this.count === MOST_POINTS) this.halve();
    const next = this.intervals[this.count] as Interval;
    Object.assign(next, emptyInterval());
    extend(next, point.tMs, point);
    this.count++;
  }

  result(): Series {
    const used = this.intervals.slice(0, this.count);
    const perSecond = (interval: Interval, at: number, amount: number): number => {
      const spanMs = interval.endMs - this.startMs(at);
      return spanMs > 0 ? (amount * 1000) / spanMs : 0;
    };
    return {
      tMs: used.map(interval => ms(interval.endMs)),
      rssBytes: used.map(interval => bytes(interval.rssBytes)),
      cpuCores: used.map((interval, at) => perSecond(interval, at, interval.cpuMs) / 1000),
      readBytesPerSecond: used.map((interval, at) => perSecond(interval, at, interval.readBytes)),
      writeBytesPerSecond: used.map((interval, at) => perSecond(interval, at, interval.writeBytes)),
    };
  }

  private startMs(at: number): number {
    return this.intervals[at - 1]?.endMs ?? 0;
  }

  private halve(): void {
    for (let at = 0; at < MOST_POINTS / 2; at++) {
      const into = this.intervals[at] as Interval;
      const first = this.intervals[2 * at] as Interval;
      const second = this.intervals[2 * at + 1] as Interval;
      Object.assign(into, first);
      extend(into, second.endMs, second);
    }
    this.count = MOST_POINTS / 2;
    const spanMs = (this.intervals[this.count - 1] as Interval).endMs;
    this.leastMs = spanMs / this.count;
  }
}

const emptyInterval = (): Interval => ({
  endMs: 0,
  rssBytes: 0,
  cpuMs: 0,
  readBytes: 0,
  writeBytes: 0,
});

function extend(interval: Interval, endMs: number, more: Omit<Interval, 'endMs'>): void {
  interval.endMs = endMs;
  interval.rssBytes = Math.max(interval.rssBytes, more.rssBytes);
  interval.cpuMs += more.cpuMs;
  interval.readBytes += more.readBytes;
  interval.writeBytes += more.writeBytes;
}
