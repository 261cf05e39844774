/**
 * The interface between the sampling worker, which decides when, and a language's stack sampler, which knows how.
 *
 * Everything here crosses a thread boundary: plain data only.
 */
import type { Milliseconds, OffCpuCause } from '../../src/profile/index.ts';

/** Which stacks to read, and what the language needs for that. */
export interface StackTarget {
  /** Key of the registry in `kernel/languages/stack-samplers.ts`. */
  readonly sampler: string;
  readonly pid: number;
  /** What the language's agent told: addresses, thread ids, versions. Validated by the sampler. */
  readonly details: unknown;
}

/** A place in code as a sampler saw it. */
export interface Frame {
  readonly function: string;
  readonly file: string;
  /** 0 where the interpreter does not tell. */
  readonly line: number;
  /** First line of the function's definition; tells apart functions of one name. */
  readonly firstLine: number;
}

/** What a thread was doing in one sample. */
export type ThreadState = 'cpu' | OffCpuCause;

/**
 * A node of the tree of all stacks of one thread group. Node 0 is the root and has no frame.
 * Weights are time, not counts: a sample weighs the time since the one before.
 */
export interface StackNode {
  readonly parent: number;
  /** Index into `frames`; -1 at the root. */
  readonly frame: number;
  /** Time with this node as the leaf, by state. */
  readonly selfMs: Readonly<Record<ThreadState, number>>;
  /** Time with this node as the leaf that was spent waiting for a file, by its path; absent: none. */
  readonly fileWaitMs?: Readonly<Record<string, number>>;
  readonly samples: number;
  /** Growth of the process's RSS between this node's samples and those before them. */
  readonly rssGrowthBytes: number;
}

export interface StackGroup {
  /** `main` is the thread that runs the cell. */
  readonly kind: 'main' | 'thread' | 'process';
  /** Thread name or command of the process, as a person would know it. */
  readonly name: string;
  readonly pid: number;
  readonly nodes: readonly StackNode[];
  /** Waiting for the interpreter's lock; absent where the version does not tell. */
  readonly gilWaitMs?: Milliseconds;
}

/** A short time of the main thread: how often each node of its tree was the leaf. */
export interface Moment {
  /** Since the sampler began; the moment's end. */
  readonly untilMs: number;
  readonly nodes: readonly { readonly node: number; readonly samples: number }[];
}

/** A node of a group's tree: `[index into groups, index into its nodes]`. */
export type StackPlace = readonly [group: number, node: number];

/** Samples in which the same threads waited for locks at the same places, while the others were at the same ones. */
export interface LockRound {
  readonly waiting: readonly StackPlace[];
  readonly others: readonly StackPlace[];
  readonly ms: number;
}

export interface StackResult {
  readonly frames: readonly Frame[];
  readonly groups: readonly StackGroup[];
  /** Of the group `main`, in order; absent where the sampler does not keep them. */
  readonly moments?: readonly Moment[];
  /** Of the kernel's own threads; absent where a wait for the interpreter's lock cannot be told from others. */
  readonly lockRounds?: readonly LockRound[];
  readonly samples: number;
  readonly dropped: number;
  readonly intervalMs: Milliseconds;
  readonly notes: readonly string[];
}

/** Reads the stacks of one kernel while one cell runs. Lives in the worker; every method is synchronous. */
export interface StackSampler {
  /**
   * Takes one sample of every thread and of every descendant that the language knows.
   * @param nowMs the worker's clock, `performance.now()`.
   * @param descendants live process ids below the kernel.
   */
  sample(nowMs: number, descendants: readonly number[]): void;
  /** After `sample`: what it saw, another sample a moment later (`CLOSER_LOOK_MS`) would place better. */
  readonly wantsCloserLook?: boolean;
  /** What was seen so far. The sampler goes on. */
  result(): StackResult;
  /** Gives back every file handle. Never throws. */
  close(): void;
}

export type StackSamplerFactory = (target: StackTarget) => StackSampler;
