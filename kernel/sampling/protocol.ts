/**
 * What the hook's main thread and its sampling worker say to each other.
 *
 * One worker serves the kernel for its whole life. It sleeps until a cell starts, samples until the cell ends, and
 * answers with figures; it never touches a Jupyter message, so sampling never delays one.
 */
import type {
  Bytes,
  Io,
  MemoryMethod,
  Milliseconds,
  Process,
  Series,
} from '../../src/profile/index.ts';
import type { StackResult, StackTarget } from './stacks.ts';

/** Names one run of one cell: the `msg_id` of its `execute_request`. */
export type CellKey = string;

export type ToWorker =
  | {
      readonly type: 'start';
      readonly cell: CellKey;
      /** Root of the process tree to measure: the kernel. */
      readonly pid: number;
      /** The kernel itself where `pid` is a launcher above it; absent: that of `stacks`, else `pid`. */
      readonly kernelPid?: number;
      /** Absent: time and resources only. */
      readonly stacks?: StackTarget;
      /** Samples a second; absent: adapts to the length of the cell. */
      readonly rateHz?: number;
      /**
       * Sets the kernel's memory high-water mark back, for its exact peak. Only for kernels without an agent: an
       * agent does so itself, exactly at the cell's border. Ignored while another cell runs.
       */
      readonly resetPeak?: boolean;
    }
  | { readonly type: 'end'; readonly cell: CellKey }
  /** Asks for the state of a running cell, for the live view. */
  | { readonly type: 'peek'; readonly cell: CellKey }
  | { readonly type: 'stop' };

export type FromWorker =
  | {
      readonly type: 'result';
      readonly cell: CellKey;
      readonly usage: ResourceUsage;
      readonly stacks?: StackResult;
    }
  | {
      readonly type: 'peeked';
      readonly cell: CellKey;
      readonly usage: ResourceUsage;
      readonly stacks?: StackResult;
    }
  /** The worker goes on, or tells in `result` what is missing. */
  | { readonly type: 'failed'; readonly cell: CellKey; readonly reason: string };

/** What a process tree used between a cell's start and its end (or now). */
export interface ResourceUsage {
  readonly cpuUserMs: Milliseconds;
  readonly cpuSystemMs: Milliseconds;
  readonly startRssBytes: Bytes;
  readonly endRssBytes: Bytes;
  readonly peakRssBytes: Bytes;
  readonly peakMethod: MemoryMethod;
  readonly series: Series;
  readonly io: Omit<Io, 'files'>;
  /** Descendants seen while the cell ran; the kernel itself is the first. */
  readonly processes: readonly Process[];
  /**
   * The kernel process alone, by the same readings. Where its agent told exact figures, `kernel/run` puts those in
   * the place of these and keeps the rest of the tree.
   */
  readonly kernel: KernelUsage;
  /** Of the kernel's main thread; absent where the system does not tell. */
  readonly runQueueMs?: Milliseconds;
  /** What could not be measured and why, a sentence each. */
  readonly notes: readonly string[];
}

/** Deltas of one process between a cell's start and end: its own CPU time without reaped children's. */
export interface KernelUsage {
  readonly cpuUserMs: Milliseconds;
  readonly cpuSystemMs: Milliseconds;
  readonly startRssBytes: Bytes;
  readonly endRssBytes: Bytes;
  readonly peakRssBytes: Bytes;
  /** As `/proc/<pid>/io` counts: reaped children included. */
  readonly io: Omit<Io, 'files' | 'note'>;
}
