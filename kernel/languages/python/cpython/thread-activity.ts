/**
 * Whether a thread runs, and if not, what it waits for.
 *
 * `/proc/<pid>/task/<tid>/syscall` says `running`, or the number and arguments of the system call in which the thread
 * is blocked. The third figure of `schedstat` counts how often the thread was put on a CPU: while it stands still for a
 * thread that was blocked, the thread has not run, and neither its stack nor its cause can have changed.
 */
import type { ThreadState } from '../../../sampling/stacks.ts';
import { parseStat, emptyStat } from '../../../sampling/procfs/parse.ts';
import { ProcFile, scratch } from '../../../sampling/procfs/proc-file.ts';
import type { Descriptors } from './descriptors.ts';
import type { ProcessMemory } from './memory.ts';
import type { WaitKind } from './syscalls/syscalls.ts';

const RUNNING = 'r'.charCodeAt(0);
const SPACE = 0x20;
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
  gone = false;

  constructor(
    taskDir: string,
    private readonly context: ProcessContext,
  ) {
    this.syscallFile = new ProcFile(`${taskDir}/syscall`);
    this.scheduleFile = new ProcFile(`${taskDir}/schedstat`);
    this.statFile = new ProcFile(`${taskDir}/stat`);
  }

  /** Whether the thread was on a CPU since the last `read`; true where the system does not tell. */
  hasRun(): boolean {
    const before = this.switches;
    this.switches = this.readSwitches();
    return !this.blocked || this.switches < 0 || this.switches !== before;
  }

  /** Call `hasRun` before: what it read must be older than this. */
  read(nowMs: number): Activity {
    const activity = this.classify(nowMs);
    this.blocked = activity.state !== 'cpu';
    return activity;
  }

  close(): void {
    this.syscallFile.close();
    this.scheduleFile.close();
    this.statFile.close();
  }

  private readSwitches(): number {
    const length = this.scheduleFile.read();
    if (length <= 0) {
      this.gone ||= length === 0;
      return -1;
    }
    let at = length - 1;
    while (at >= 0 && scratch[at] !== SPACE) at--;
    const switches = Number.parseInt(scratch.toString('latin1', at + 1, length), 10);
    // A kernel without scheduler statistics tells 0 always.
    return switches > 0 ? switches : -1;
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
