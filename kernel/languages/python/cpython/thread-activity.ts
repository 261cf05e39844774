/**
 * Whether a thread runs, and if not, what it waits for.
 *
 * `/proc/<pid>/task/<tid>/syscall` says `running`, or the number and arguments of the system call in which the thread
 * is blocked. `schedstat` tells how long the thread has run, how long it was ready without a core, and how often it was
 * put on one. While that count stands still for a blocked thread, the thread has not run, and neither its stack nor its
 * cause can have changed; and for a blocked thread the times are exact.
 */
import type { ThreadState } from '../../../sampling/stacks.ts';
import { emptyStat, parseStat, parseWord } from '../../../sampling/procfs/parse.ts';
import { ProcFile, scratch } from '../../../sampling/procfs/proc-file.ts';
import type { Descriptors } from './descriptors.ts';
import type { ProcessMemory } from './memory.ts';
import type { WaitKind } from './syscalls/syscalls.ts';

const RUNNING = 'r'.charCodeAt(0);
const UNINTERRUPTIBLE = 'D'.charCodeAt(0);
const IN_NO_CALL = -1;
/** `struct _gil_runtime_state` with its conditions and mutexes: 208 bytes on x86-64, 216 on arm64. */
const GIL_BYTES = 216;

export interface Activity {
  readonly state: ThreadState;
  /** The file that a `disk` wait is for, where known. */
  readonly path: string | undefined;
  /** The lock waited for is the interpreter's. */
  readonly gil: boolean;
}

const CPU: Activity = { state: 'cpu', path: undefined, gil: false };
const waiting = (state: ThreadState, path?: string): Activity => ({ state, path, gil: false });
const LOCK = waiting('lock');
const GIL: Activity = { ...LOCK, gil: true };
const SLEEP = waiting('sleep');
const WAIT = waiting('wait');
const DISK = waiting('disk');
const NETWORK = waiting('network');
const OTHER = waiting('other');

export interface ProcessContext {
  readonly memory: ProcessMemory;
  readonly descriptors: Descriptors;
  readonly waitKinds: ReadonlyMap<number, WaitKind>;
  /** Address of the GIL's state; 0 where unknown. */
  gil: number;
}

export class ThreadActivity {
  private readonly syscallFile: ProcFile;
  private readonly scheduleFile: ProcFile;
  private readonly statFile: ProcFile;
  private readonly stat = emptyStat();
  private readonly pollFd = Buffer.alloc(8);
  private switches = -1;
  private blocked = false;
  /** Time on a core or ready for one since the thread began; exact while it is blocked. -1: the system does not tell. */
  runnableMs = -1;
  /** The thread was put on no core between the last two calls of `hasRun`; false where the system does not tell. */
  keptCore = false;
  gone = false;

  constructor(
    taskDir: string,
    private readonly context: ProcessContext,
  ) {
    this.syscallFile = new ProcFile(`${taskDir}/syscall`);
    this.scheduleFile = new ProcFile(`${taskDir}/schedstat`);
    this.statFile = new ProcFile(`${taskDir}/stat`);
  }

  /** Whether the thread stopped waiting since the last `read`; true where the system does not tell. */
  hasRun(): boolean {
    const before = this.switches;
    this.readSchedule();
    this.keptCore = this.switches >= 0 && this.switches === before;
    if (!this.blocked || this.switches < 0 || this.switches !== before) return true;
    // Woken, but still without a core: the count says nothing yet, and its wait is over.
    return this.syscallFile.read() > 0 && scratch[0] === RUNNING;
  }

  /** Call `hasRun` before: what it read must be older than this. */
  read(nowMs: number): Activity {
    const activity = this.classify(nowMs);
    this.blocked = activity.state !== 'cpu';
    if (this.blocked) {
      // It may have stopped running after `hasRun` looked. Should it run again meanwhile, the older count tells so.
      const before = this.switches;
      this.readSchedule();
      this.switches = before;
    }
    return activity;
  }

  /** Page faults since the thread began: memory that it touched for the first time. -1: not known. */
  faults(): number {
    const length = this.statFile.read();
    return length > 0 && parseStat(scratch, length, this.stat) ? this.stat.minorFaults : -1;
  }

  close(): void {
    this.syscallFile.close();
    this.scheduleFile.close();
    this.statFile.close();
  }

  private readSchedule(): void {
    const length = this.scheduleFile.read();
    this.switches = length > 0 ? parseWord(scratch, length, 2) : -1;
    // A kernel without scheduler statistics tells 0 always.
    if (this.switches === 0) this.switches = -1;
    this.runnableMs =
      this.switches < 0
        ? -1
        : (parseWord(scratch, length, 0) + parseWord(scratch, length, 1)) / 1e6;
  }

  private classify(nowMs: number): Activity {
    const length = this.syscallFile.read();
    if (length <= 0) return this.classifyByState();
    if (scratch[0] === RUNNING) return CPU;
    const fields = scratch.toString('latin1', 0, length).split(' ');
    const number = Number(fields[0]);
    if (number === IN_NO_CALL) return this.classifyByState();
    const first = Number(fields[1]);
    return this.classifyCall(this.context.waitKinds.get(number), first, Number(fields[2]), nowMs);
  }

  private classifyCall(
    kind: WaitKind | undefined,
    first: number,
    second: number,
    nowMs: number,
  ): Activity {
    switch (kind) {
      case 'sleep':
        return SLEEP;
      case 'futex':
        return this.isGil(first) ? GIL : LOCK;
      case 'lock':
        return LOCK;
      case 'readiness':
      case 'process':
        return WAIT;
      case 'poll':
        return second === 1 ? this.polledOne(first, nowMs) : WAIT;
      case 'network':
        return NETWORK;
      case 'storage':
        return DISK;
      case 'file':
        return waiting('disk', this.context.descriptors.find(first, nowMs).path);
      case 'descriptor': {
        const { cause, path } = this.context.descriptors.find(first, nowMs);
        return waiting(cause, path);
      }
      case undefined:
        return OTHER;
    }
  }

  private isGil(address: number): boolean {
    const { gil } = this.context;
    return gil > 0 && address >= gil && address < gil + GIL_BYTES;
  }

  /** A socket with a timeout polls for itself alone. */
  private polledOne(address: number, nowMs: number): Activity {
    const { memory, descriptors } = this.context;
    if (memory.readInto(this.pollFd, address, 8) < 8) return WAIT;
    const { cause } = descriptors.find(this.pollFd.readInt32LE(0), nowMs);
    return cause === 'network' ? NETWORK : WAIT;
  }

  /** Waiting, but in no system call: for a page that comes from storage, or stopped. */
  private classifyByState(): Activity {
    const length = this.statFile.read();
    if (length <= 0) {
      this.gone = true;
      return OTHER;
    }
    if (!parseStat(scratch, length, this.stat)) return OTHER;
    if (this.stat.state === UNINTERRUPTIBLE) return DISK;
    return this.stat.state === 'R'.charCodeAt(0) ? CPU : OTHER;
  }
}
