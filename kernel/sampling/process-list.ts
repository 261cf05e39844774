/** The processes of one cell, bounded however many there were. */
import type { Process } from '../../src/profile/index.ts';
import { bytes, ms } from './brand.ts';
import type { Member } from './member.ts';
import type { ProcessTree } from './process-tree.ts';

/** The kernel beside them. */
const MOST_LISTED = 50;

interface Seen {
  /** The member's CPU time when the cell began; 0 for a process that began in it. */
  readonly cpuMs: number;
  /** A high-water mark above this was reached in the cell; one that equals it may be from before. */
  oldMarkBytes: number;
  sampledPeakBytes: number;
}

export class ProcessList {
  private readonly seen = new Map<Member, Seen>();
  private ended: Process[] = [];
  private omitted = 0;
  private endedMarkBytes = 0;

  /** @param reset the process whose high-water mark was set back just now: all of it belongs to the cell. */
  constructor(
    private readonly tree: ProcessTree,
    reset: Member | undefined,
  ) {
    for (const member of tree.members.values()) {
      this.seen.set(member, {
        cpuMs: member.own.ms,
        oldMarkBytes: member === reset ? 0 : member.peakRssBytes,
        sampledPeakBytes: member.rssBytes,
      });
    }
  }

  /** After each refresh of the tree. */
  update(): void {
    for (const member of this.tree.ended) {
      const seen = this.seen.get(member);
      if (seen === undefined) continue;
      this.seen.delete(member);
      this.endedMarkBytes = Math.max(this.endedMarkBytes, newMark(member, seen));
      this.ended.push(describe(member, seen, true));
    }
    if (this.ended.length > 2 * MOST_LISTED) this.trim();
    for (const member of this.tree.members.values()) {
      const seen = this.seen.get(member);
      if (seen === undefined) {
        this.seen.set(member, { cpuMs: 0, oldMarkBytes: 0, sampledPeakBytes: member.rssBytes });
        continue;
      }
      seen.sampledPeakBytes = Math.max(seen.sampledPeakBytes, member.rssBytes);
      // A mark only falls when it is reset: the kernel's agent does so at a cell's start.
      if (member.peakRssBytes < seen.oldMarkBytes) seen.oldMarkBytes = 0;
    }
  }

  /** The kernel first, then by CPU time. */
  result(): { readonly processes: readonly Process[]; readonly omitted: number } {
    const live = [...this.seen].map(([member, seen]) => describe(member, seen, !member.isRunning));
    const all = [...live, ...this.ended];
    const root = all.filter(process => process.pid === this.tree.pid);
    const others = all.filter(process => process.pid !== this.tree.pid).sort(byCpu);
    return {
      processes: [...root, ...others.slice(0, MOST_LISTED)],
      omitted: this.omitted + Math.max(0, others.length - MOST_LISTED),
    };
  }

  /** The greatest exact mark that a single process reached in this cell; 0: none did. */
  exactPeakBytes(): number {
    let peak = this.endedMarkBytes;
    for (const [member, seen] of this.seen) peak = Math.max(peak, newMark(member, seen));
    return peak;
  }

  /** The exact mark that one process surely set in this cell; 0: none. */
  exactPeakOf(member: Member): number {
    const seen = this.seen.get(member);
    return seen === undefined ? 0 : newMark(member, seen);
  }

  private trim(): void {
    this.ended.sort(byCpu);
    this.omitted += this.ended.length - MOST_LISTED;
    this.ended = this.ended.slice(0, MOST_LISTED);
  }
}

const byCpu = (a: Process, b: Process): number => b.cpuMs - a.cpuMs;

const newMark = (member: Member, seen: Seen): number =>
  member.peakRssBytes > seen.oldMarkBytes ? member.peakRssBytes : 0;

function describe(member: Member, seen: Seen, exited: boolean): Process {
  return {
    pid: member.pid,
    parentPid: member.stat.parentPid,
    name: member.name,
    cpuMs: ms(member.own.ms - seen.cpuMs),
    peakRssBytes: bytes(Math.max(seen.sampledPeakBytes, newMark(member, seen))),
    ...(exited ? { exited: true } : {}),
  };
}
