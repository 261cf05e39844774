/**
 * The kernel and all its descendants, with sums that are right whatever starts, ends or is reparented.
 *
 * Processes are told apart by number and start time, so a reused number is a new process. One that was seen in the
 * tree stays in it while it lives. Parents are read before their children, and all again when one ended meanwhile:
 * so no process is counted both by itself and in the parent that waited for it.
 */
import { Discovery } from './discovery.ts';
import { lostWith } from './ended.ts';
import { Member } from './member.ts';
import type { StatFields } from './procfs/parse.ts';
import type { ProcUnits } from './procfs/units.ts';
import { add, addMember, clear, emptyTotals, type Totals } from './totals.ts';

/** A process that keeps losing children between two looks is read so often at most; the rest waits for the next tick. */
const MOST_PASSES = 4;
/** High-water marks read a tick, beside the kernel's: each costs as much as five other reads. */
const PEAKS_EACH_TICK = 4;

export class ProcessTree {
  /** Live members and zombies, parents before children. */
  readonly members = new Map<number, Member>();
  /** Those that ended in the last `refresh`. */
  ended: readonly Member[] = [];
  /** Numbers of the live descendants, the kernel left out. A new array when it changes. */
  descendants: readonly number[] = [];
  readonly totals: Totals = emptyTotals();
  /** Sum of resident sizes. Once the kernel is dead it stays what it was: that is how much it died with. */
  rssBytes = 0;
  ioDenied = false;
  private readonly lost = emptyTotals();
  private readonly discovery: Discovery;
  private readonly root: Member;
  private peakTurn = 0;

  private constructor(
    private readonly procRoot: string,
    root: Member,
    private readonly units: ProcUnits,
  ) {
    this.root = root;
    this.members.set(root.pid, root);
    this.discovery = new Discovery(procRoot);
  }

  /** @returns undefined when there is no such process. */
  static open(procRoot: string, pid: number, units: ProcUnits): ProcessTree | undefined {
    const root = Member.adopt(procRoot, pid, units, () => true);
    return root && new ProcessTree(procRoot, root, units);
  }

  get pid(): number {
    return this.root.pid;
  }

  get rootIsAlive(): boolean {
    return this.members.get(this.root.pid) === this.root && this.root.isRunning;
  }

  get rootMember(): Member {
    return this.root;
  }

  /** @param border at a cell's start and end: exact thread times, a complete search, every high-water mark. */
  refresh(nowMs: number, border: boolean): void {
    const countBefore = this.members.size;
    for (const member of this.members.values()) member.mark();
    const ended = this.readAll(border);
    const firstNew = this.members.size;
    this.discovery.find(this.members, this.adopt, nowMs, border);
    if (ended.length > 0) this.settle(ended);
    this.ended = ended;
    this.readPeaks(border);
    this.sum();
    if (ended.length > 0 || this.members.size !== firstNew || countBefore !== firstNew) {
      this.descendants = [...this.members.keys()].filter(pid => pid !== this.root.pid);
    }
  }

  /** While nothing is measured, nobody would notice the end of a descendant and let go of its files. */
  rest(): void {
    for (const member of this.members.values()) if (member !== this.root) member.release();
  }

  close(): void {
    for (const member of this.members.values()) member.release();
    this.members.clear();
    this.discovery.close();
  }

  private readAll(border: boolean): Member[] {
    const ended: Member[] = [];
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const endedBefore = ended.length;
      for (const member of this.members.values()) {
        const outcome = member.read(border);
        if (outcome === 'denied') this.ioDenied = true;
        if (outcome !== 'gone') continue;
        this.members.delete(member.pid);
        member.release();
        ended.push(member);
      }
      if (ended.length === endedBefore) break;
    }
    return ended;
  }

  private readonly adopt = (pid: number): void => {
    if (this.members.has(pid)) return;
    const member = Member.adopt(this.procRoot, pid, this.units, stat => this.belongs(stat));
    if (member === undefined) return;
    member.readName();
    this.members.set(pid, member);
  };

  /** A daemon that left its parent still shows the kernel's session, when the kernel leads one. */
  private belongs(stat: StatFields): boolean {
    return this.members.has(stat.parentPid) || stat.session === this.root.pid;
  }

  private settle(ended: readonly Member[]): void {
    const parents = new Map(ended.map(member => [member.pid, member.stat.parentPid]));
    const byHeir = new Map<Member | undefined, Member[]>();
    for (const member of ended) {
      let heirPid = member.stat.parentPid;
      // An ended parent hands on to its own parent. Bounded, lest reused numbers make a circle.
      for (let step = 0; step < ended.length; step++) heirPid = parents.get(heirPid) ?? heirPid;
      const heir = this.members.get(heirPid);
      const siblings = byHeir.get(heir);
      if (siblings === undefined) byHeir.set(heir, [member]);
      else siblings.push(member);
    }
    for (const [heir, members] of byHeir) {
      add(this.lost, lostWith(heir, members, this.units.msPerTick));
    }
  }

  private readPeaks(all: boolean): void {
    if (all) {
      for (const member of this.members.values()) member.readPeak();
      return;
    }
    // The kernel's every time: when the system kills it for its memory, the last mark is the one that tells.
    this.root.readPeak();
    const descendants = this.descendants;
    for (let read = 0; read < Math.min(PEAKS_EACH_TICK, descendants.length); read++) {
      this.peakTurn = (this.peakTurn + 1) % descendants.length;
      this.members.get(descendants[this.peakTurn] as number)?.readPeak();
    }
  }

  private sum(): void {
    clear(this.totals);
    add(this.totals, this.lost);
    let rssBytes = 0;
    for (const member of this.members.values()) {
      addMember(this.totals, member);
      rssBytes += member.rssBytes;
    }
    if (this.rootIsAlive) this.rssBytes = rssBytes;
  }
}
