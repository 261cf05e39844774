/**
 * Measures one cell over a process tree that several cells may share: figures at its end less those at its start.
 *
 * Peak memory. The operating system keeps an exact high-water mark (`VmHWM`) for each process, but none for a tree.
 * So the peak is the greater of two lower bounds: the greatest sum of resident sizes that a tick saw, and the
 * greatest mark that one process set in this cell. When the kernel was alone, that is its exact peak (`hwm`); when
 * descendants ran and their sum was greater than any mark, it is what the ticks saw (`rss`). A mark that did not
 * rise in this cell is not used, since it may be an earlier cell's.
 */
import type { MemoryMethod } from '../../src/profile/index.ts';
import { bytes } from './brand.ts';
import { ioOf, KernelMeter, splitCpu } from './kernel-meter.ts';
import type { Member } from './member.ts';
import { ProcessList } from './process-list.ts';
import type { ProcessTree } from './process-tree.ts';
import type { ResourceUsage } from './protocol.ts';
import { OnlineSeries } from './series.ts';
import { difference, type Totals } from './totals.ts';

export class CellMeter {
  private readonly atStart: Totals;
  private readonly startRssBytes: number;
  private readonly kernelMember: Member;
  private readonly kernel: KernelMeter;
  private readonly series = new OnlineSeries();
  private readonly list: ProcessList;
  private last: Totals;
  private sampledPeakBytes: number;
  private ticks = 0;
  private lateTicks = 0;

  /**
   * @param tree just refreshed.
   * @param kernelPid the process that `kernel` tells of; the tree's root when it is not in the tree.
   * @param startMs the clock of `update`.
   * @param resetPeak sets the kernel's high-water mark back; only right while no other cell is measured.
   */
  constructor(
    private readonly tree: ProcessTree,
    kernelPid: number,
    private readonly startMs: number,
    resetPeak: boolean,
  ) {
    this.kernelMember = tree.members.get(kernelPid) ?? tree.rootMember;
    const wasReset = resetPeak && this.kernelMember.files.resetPeak();
    this.list = new ProcessList(tree, wasReset ? this.kernelMember : undefined);
    this.atStart = { ...tree.totals };
    this.last = this.atStart;
    this.startRssBytes = tree.rssBytes;
    this.sampledPeakBytes = tree.rssBytes;
    this.kernel = new KernelMeter(this.kernelMember);
    this.series.add({ tMs: 0, rssBytes: tree.rssBytes, cpuMs: 0, readBytes: 0, writeBytes: 0 });
  }

  /** After each refresh of the tree. */
  update(nowMs: number, late: boolean): void {
    const now = { ...this.tree.totals };
    const since = difference(now, this.last);
    this.last = now;
    this.ticks++;
    if (late) this.lateTicks++;
    this.sampledPeakBytes = Math.max(this.sampledPeakBytes, this.tree.rssBytes);
    this.list.update();
    this.kernel.update();
    this.series.add({
      tMs: nowMs - this.startMs,
      rssBytes: this.tree.rssBytes,
      cpuMs: since.cpuMs,
      readBytes: since.readBytes,
      writeBytes: since.writeBytes,
    });
  }

  /** Figures from the start to the last `update`. */
  result(): ResourceUsage {
    const used = difference(this.last, this.atStart);
    const exactPeakBytes = this.list.exactPeakBytes();
    const peakMethod: MemoryMethod = exactPeakBytes >= this.sampledPeakBytes ? 'hwm' : 'rss';
    const { processes, omitted } = this.list.result();
    const runQueueMs = this.kernel.runQueueMs();
    return {
      ...splitCpu(used),
      startRssBytes: bytes(this.startRssBytes),
      endRssBytes: bytes(this.tree.rssBytes),
      peakRssBytes: bytes(Math.max(exactPeakBytes, this.sampledPeakBytes)),
      peakMethod,
      series: this.series.result(),
      io: { ...ioOf(used), ...(this.tree.ioDenied ? { note: IO_DENIED } : {}) },
      processes,
      kernel: this.kernel.result(this.list.exactPeakOf(this.kernelMember)),
      ...(runQueueMs === undefined ? {} : { runQueueMs }),
      notes: this.notes(omitted),
    };
  }

  private notes(omitted: number): string[] {
    const notes: string[] = [];
    if (!this.tree.rootIsAlive) {
      notes.push('The kernel process ended: figures are from the last look at it.');
    }
    if (this.tree.ioDenied) notes.push(IO_DENIED);
    if (omitted > 0) {
      notes.push(`${omitted} more processes ran that used less CPU time than those listed.`);
    }
    if (this.lateTicks > this.ticks / 10 && this.ticks >= 10) {
      notes.push(
        `${this.lateTicks} of ${this.ticks} looks at the processes came late, because the machine was busy: short peaks of child processes may be missing.`,
      );
    }
    return notes;
  }
}

const IO_DENIED =
  'The system does not let us read /proc/<pid>/io of every process: bytes read and written are too low.';
