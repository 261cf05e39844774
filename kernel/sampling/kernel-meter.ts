/** The kernel process alone during one cell, beside the tree that `CellMeter` measures. */
import type { Bytes, Milliseconds } from '../../src/profile/index.ts';
import { bytes, ms } from './brand.ts';
import type { Member } from './member.ts';
import type { KernelUsage } from './protocol.ts';
import { difference, emptyTotals, IO_FIELDS, type Totals } from './totals.ts';

export class KernelMeter {
  private readonly atStart: Totals;
  private readonly startRssBytes: number;
  private readonly runQueueStartMs: number;
  private sampledPeakBytes: number;

  constructor(private readonly root: Member) {
    this.atStart = ownTotals(root);
    this.startRssBytes = root.rssBytes;
    this.sampledPeakBytes = root.rssBytes;
    this.runQueueStartMs = root.files.readRunQueueMs();
  }

  /** After each refresh of the tree. */
  update(): void {
    this.sampledPeakBytes = Math.max(this.sampledPeakBytes, this.root.rssBytes);
  }

  /** @param exactPeakBytes the high-water mark that the kernel set in this cell; 0: none that is surely its. */
  result(exactPeakBytes: number): KernelUsage {
    const used = difference(ownTotals(this.root), this.atStart);
    return {
      ...splitCpu(used),
      startRssBytes: bytes(this.startRssBytes),
      endRssBytes: bytes(this.root.rssBytes),
      peakRssBytes: bytes(Math.max(this.sampledPeakBytes, exactPeakBytes)),
      io: ioOf(used),
    };
  }

  /** Time that the main thread was ready but had no core; undefined where the system does not tell. */
  runQueueMs(): Milliseconds | undefined {
    const nowMs = this.root.files.readRunQueueMs();
    return nowMs < 0 || this.runQueueStartMs < 0 ? undefined : ms(nowMs - this.runQueueStartMs);
  }
}

/** Exact time, divided as the ticks are. */
export function splitCpu(used: Readonly<Totals>): {
  readonly cpuUserMs: Milliseconds;
  readonly cpuSystemMs: Milliseconds;
} {
  const ticks = used.userTicks + used.systemTicks;
  // Too short for a single tick: the division is unknown, and nearly all short work is user time.
  const userMs = ticks > 0 ? (used.cpuMs * used.userTicks) / ticks : used.cpuMs;
  return { cpuUserMs: ms(userMs), cpuSystemMs: ms(used.cpuMs - userMs) };
}

export const ioOf = (
  used: Readonly<Totals>,
): Readonly<Record<(typeof IO_FIELDS)[number], Bytes>> => ({
  readBytes: bytes(used.readBytes),
  writeBytes: bytes(used.writeBytes),
  storageReadBytes: bytes(used.storageReadBytes),
  storageWriteBytes: bytes(used.storageWriteBytes),
});

function ownTotals(root: Member): Totals {
  const totals = emptyTotals();
  totals.cpuMs = root.own.ms;
  totals.userTicks = root.stat.userTicks;
  totals.systemTicks = root.stat.systemTicks;
  for (const field of IO_FIELDS) totals[field] = root.io[field];
  return totals;
}
