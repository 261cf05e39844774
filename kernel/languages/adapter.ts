/**
 * The one interface behind which a language stands. A third language is a folder beside `python/` that implements
 * `LanguageAdapter`, and a line in `registry.ts`. A kernel that no adapter claims gets the plain one: time and
 * resources, with the lines said to be unavailable.
 */
import type {
  Cell,
  FunctionNode,
  Line,
  Milliseconds,
  MonotonicNs,
  OffCpu,
  Sampling,
  Variable,
} from '../../src/profile/index.ts';
import type { StackResult, StackTarget } from '../sampling/stacks.ts';
import type { KernelSpec } from '../wire/kernel-spec.ts';
import type { JupyterMessage } from '../wire/message.ts';

export type { KernelSpec };

/** How the real kernel is started; an adapter may change it. */
export interface KernelLaunch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The content of `kernel_info_reply`. */
export interface KernelInfo {
  readonly implementation: string;
  readonly implementationVersion: string;
  readonly language: string;
  readonly languageVersion: string;
}

/** What the hook lets an adapter do with the started kernel. */
export interface KernelHandle {
  readonly pid: number;
  /** 0700, removed once the kernel is up: for files that both sides open and then need no name. */
  readonly privateDir: string;
  /** Help text of `%%pyperf`, for the language's own help system. */
  readonly magicHelp: string;
  /** Jupyter's own connection file: what the kernel should name when the user asks. */
  readonly connectionFile: string;
  /**
   * Runs code in the kernel, silently: no history, no execution count, nothing reaches a client.
   * Messages of types beginning with `pyperf_` that it publishes go to `onPublished`.
   * @throws Error with the kernel's `ename: evalue` when the code fails, or when no answer comes in time.
   */
  execute(code: string, onPublished?: (message: JupyterMessage) => void): Promise<void>;
}

/** One `execute_request` about to be sent to the kernel. */
export interface CellRequest {
  readonly msgId: string;
  readonly code: string;
  /** Number of lines, from the top, that a PyPerf magic takes (leading blank lines included); 0: no magic. */
  readonly magicLines: number;
  /** Set when lines and variables are wanted. */
  readonly profile?: {
    readonly memory: 'rss' | 'trace';
    readonly lines: boolean;
    readonly rateHz?: number;
  };
  /** Help was asked for: the cell must run nothing. */
  readonly skip: boolean;
  /** Set when the magic was wrong: the cell must fail with this message and not run. */
  readonly usageError?: string;
}

/** Changes to the request; absent fields stay the very bytes that came. */
export interface RequestEdit {
  readonly code?: string;
  /** Merged into the message's metadata under the key `pyperf`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The kernel itself raises the usage error; otherwise the hook answers in its place. */
  readonly raisesUsageError?: boolean;
}

/** Exact figures of the kernel process itself at the cell's borders, from inside it. */
export interface CellMarks {
  readonly startNs: MonotonicNs;
  readonly endNs: MonotonicNs;
  /** The process itself, without its children. */
  readonly cpuUserMs: Milliseconds;
  readonly cpuSystemMs: Milliseconds;
  /** Of the thread that ran the cell. */
  readonly runQueueMs?: Milliseconds;
  readonly startRssBytes?: number;
  readonly endRssBytes?: number;
  /** Absent where the system cannot reset its high-water mark. */
  readonly peakRssBytes?: number;
  /** As `/proc/self/io` counts: reaped children included. */
  readonly io?: {
    readonly readBytes: number;
    readonly writeBytes: number;
    readonly storageReadBytes: number;
    readonly storageWriteBytes: number;
  };
}

/** That a cell has begun, as its kernel told without a message. */
export interface CellStart {
  readonly executionCount: number | null;
}

/** What a language adds to a cell's figures. */
export interface CellDetail {
  readonly offCpuMs: OffCpu | null;
  readonly gilWaitMs?: Milliseconds;
  readonly lines: readonly Line[];
  readonly hotLines?: NonNullable<Cell['hotLines']>;
  readonly functions: readonly FunctionNode[];
  readonly variables: readonly Variable[];
  readonly files: Cell['io']['files'];
  readonly containers?: NonNullable<Cell['containers']>;
  readonly queries?: Cell['queries'];
  readonly requests?: NonNullable<Cell['requests']>;
  readonly lockWaits?: NonNullable<Cell['lockWaits']>;
  readonly tracingNote?: string;
  readonly sampling: Sampling;
}

export interface LanguageSession {
  readonly languageVersion: string;
  /** What could not be set up, a sentence each, for the environment's notes. */
  readonly notes: readonly string[];
  /** The kernel's own process, where a launcher (`conda run`) stands above it; absent: the one that was started. */
  readonly kernelPid?: number;
  /** The agent resets the kernel's peak memory at each cell's start; otherwise the worker does. */
  readonly resetsPeak: boolean;
  /** How the request must be changed before the kernel sees it. */
  prepare(request: CellRequest): RequestEdit;
  /** Undoes `prepare` in code that the kernel echoes (`execute_input`, `history_reply`). */
  restore(code: string): string;
  /** What the worker needs to read stacks; undefined: this session reads none from outside. */
  stackTarget(request: CellRequest): StackTarget | undefined;
  /** Called for every message of a type beginning with `pyperf_` that the kernel publishes during a cell. */
  published(msgId: string, message: JupyterMessage): void;
  /** Whether a cell has begun; absent: its messages alone tell. */
  startOf?(msgId: string): CellStart | undefined;
  /** Exact figures of a cell that has just become idle; undefined when the kernel told none. */
  marks(msgId: string): CellMarks | undefined;
  /** As `finish` for a cell that still runs, from what was seen so far; absent: its lines are told at its end. */
  look?(
    request: CellRequest,
    executionCount: number | null,
    stacks: StackResult | undefined,
  ): CellDetail | Promise<CellDetail>;
  /** Turns what was seen into the profile's terms. Called once for each cell, profiled or not. */
  finish(
    request: CellRequest,
    executionCount: number | null,
    stacks: StackResult | undefined,
  ): CellDetail | Promise<CellDetail>;
}

export interface LanguageAdapter {
  readonly id: string;
  /** By the kernelspec alone, before the start. */
  claims(spec: KernelSpec): boolean;
  /** Between hook and kernel; ipc only where the kernel is known to support it. */
  transport(spec: KernelSpec): 'ipc' | 'tcp';
  launch(launch: KernelLaunch): KernelLaunch;
  /** @returns undefined when the kernel is not the one it seemed: the plain adapter takes over. */
  open(kernel: KernelHandle, info: KernelInfo): Promise<LanguageSession | undefined>;
}
