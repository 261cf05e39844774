/** What the kernel's side tells the hook through the mailboxes. JSON; times in the units of their names. */
import type { StackResult } from '../../sampling/stacks.ts';

/** Written by tslab's main thread: `hello`, then one `MarksRecord` a cell under its `msg_id`. */
export const MARKS_MAILBOX = 'marks';
/** Written by the profiler's thread: one `StacksRecord` a profiled cell under its `msg_id`, renewed while it runs. */
export const STACKS_MAILBOX = 'stacks';
export const HELLO = 'hello';

/** Where the mailboxes are, told to the kernel in its environment and removed from there at once. */
export const FOLDER_VARIABLE = 'PYPERF_NODE_FOLDER';

export interface HelloRecord {
  readonly nodeVersion: string;
  readonly typescriptVersion: string;
  /** What could not be set up inside tslab, a sentence each. */
  readonly problems: readonly string[];
}

export interface MarksRecord {
  /** `process.hrtime`, nanoseconds of CLOCK_MONOTONIC, as decimal text. */
  readonly startNs: string;
  readonly endNs: string;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly startRssBytes: number;
  readonly endRssBytes: number;
  /** As `/proc/self/io` counts; absent where there is none. */
  readonly io?: IoCounters;
  /** Time that the main thread was ready to run without a core; absent where the system does not tell. */
  readonly runQueueMs?: number;
  /** Only after profiled cells. */
  readonly variables?: readonly VariableRecord[];
  readonly heap?: HeapRecord;
}

export interface IoCounters {
  readonly readBytes: number;
  readonly writeBytes: number;
  readonly storageReadBytes: number;
  readonly storageWriteBytes: number;
}

export interface VariableRecord {
  readonly name: string;
  readonly type: string;
  readonly shape?: string;
  readonly sizeBytes: number;
  readonly partial?: boolean;
  readonly sharedWith?: string;
}

/** V8's heap at the cell's borders, and what the collector did in between. */
export interface HeapRecord {
  readonly startUsedBytes: number;
  readonly endUsedBytes: number;
  readonly startArrayBufferBytes: number;
  readonly endArrayBufferBytes: number;
}

export interface StacksRecord {
  readonly stacks: StackResult;
  /** False while the cell runs. */
  readonly done: boolean;
  /** With `--memory trace`: bytes allocated, by function; sampled by V8, scaled to the whole. */
  readonly allocations?: readonly AllocationRecord[];
}

export interface AllocationRecord {
  readonly function: string;
  readonly file: string;
  /** Line of the function's definition. */
  readonly line: number;
  readonly bytes: number;
}
