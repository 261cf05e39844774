/** One process of the tree: what was last read of it, and the running sums. */
import { CpuEstimate } from './procfs/cpu-estimate.ts';
import { DEAD, emptyIo, ZOMBIE, type IoFields, type StatFields } from './procfs/parse.ts';
import { ProcessFiles, type ReadOutcome } from './procfs/process-files.ts';
import { processName } from './procfs/process-name.ts';
import { ThreadTimes } from './procfs/thread-times.ts';
import type { ProcUnits } from './procfs/units.ts';

/** With more threads than this their exact times are read at a cell's borders only. */
const THREADS_EVERY_TICK = 64;

export class Member {
  readonly files: ProcessFiles;
  readonly own: CpuEstimate;
  /** Of children that ended and were waited for. */
  readonly inherited: CpuEstimate;
  /** High-water mark as last read; 0 until then. */
  peakRssBytes = 0;
  readonly markedIo: IoFields = emptyIo();
  private markedTicks = 0;
  private readonly threads: ThreadTimes;
  private readonly startTicks: number;
  private commandName: string | undefined;
  private namedAtCode = -1;

  private constructor(
    readonly pid: number,
    files: ProcessFiles,
    private readonly units: ProcUnits,
  ) {
    this.files = files;
    this.threads = new ThreadTimes(files.taskDir);
    this.own = new CpuEstimate(units.msPerTick);
    this.inherited = new CpuEstimate(units.msPerTick);
    this.startTicks = files.stat.startTicks;
  }

  /**
   * @param accepts decides by the process's `stat` whether it belongs to the tree.
   * @returns undefined when there is no such process, or it does not belong.
   */
  static adopt(
    procRoot: string,
    pid: number,
    units: ProcUnits,
    accepts: (stat: StatFields) => boolean,
  ): Member | undefined {
    const files = new ProcessFiles(procRoot, pid);
    if (files.readStat() === 'ok' && files.stat.exitSignal !== -1 && accepts(files.stat)) {
      const member = new Member(pid, files, units);
      member.files.readIo();
      member.settleCpu(true);
      member.mark();
      return member;
    }
    files.close();
    return undefined;
  }

  get stat(): StatFields {
    return this.files.stat;
  }

  get io(): IoFields {
    return this.files.io;
  }

  get rssBytes(): number {
    return this.stat.rssPages * this.units.pageBytes;
  }

  get isRunning(): boolean {
    return this.stat.state !== ZOMBIE && this.stat.state !== DEAD;
  }

  /** `python train.py`; asked anew after an `exec`. */
  get name(): string {
    if (this.commandName === undefined || this.namedAtCode !== this.stat.startCode) this.readName();
    return this.commandName ?? String(this.pid);
  }

  /** Before the process ends, since a dead one has no command line. */
  readName(): void {
    const command = this.files.readCommand();
    if (command.length === 0 && this.commandName !== undefined) return;
    this.commandName = processName(command, this.files.readCommandName());
    this.namedAtCode = this.stat.startCode;
  }

  /**
   * @param exact reads the threads' times however many they are.
   * @returns `gone` when the process ended, or its number now names another one.
   */
  read(exact: boolean): ReadOutcome {
    const statOutcome = this.files.readStat();
    if (statOutcome !== 'ok') return statOutcome;
    if (this.stat.startTicks !== this.startTicks) return 'gone';
    this.settleCpu(exact);
    const ioOutcome = this.files.readIo();
    if (ioOutcome !== 'gone') return ioOutcome;
    // Either it ended just now, or this system keeps no account of I/O.
    return this.files.readStat() === 'ok' ? 'denied' : 'gone';
  }

  /** Remembers the figures that children's ends change, so that `lostWith` sees by how much. */
  mark(): void {
    this.inherited.mark();
    this.markedTicks = this.inheritedTicks;
    Object.assign(this.markedIo, this.io);
  }

  get inheritedTicksSinceMark(): number {
    return this.inheritedTicks - this.markedTicks;
  }

  readPeak(): void {
    this.peakRssBytes = Math.max(0, this.files.readPeakRssBytes()) || this.peakRssBytes;
  }

  /** Keeps no handle until it is read again; `read` tells then whether the number still names this process. */
  release(): void {
    this.files.close();
    this.threads.release();
  }

  private get inheritedTicks(): number {
    return this.stat.childUserTicks + this.stat.childSystemTicks;
  }

  private settleCpu(exact: boolean): void {
    const stat = this.stat;
    const gainMs =
      exact || stat.threads <= THREADS_EVERY_TICK ? this.threads.advance(stat.threads) : undefined;
    this.own.update(stat.userTicks + stat.systemTicks, gainMs);
    this.inherited.update(this.inheritedTicks, undefined);
  }
}
