/** What tslab's main thread and the profiler's thread say to each other. */
import type { ScriptInfo } from './scripts.ts';
import type { Site } from './to-stacks.ts';

export interface WorkerSetup {
  readonly mailboxFd: number;
  readonly ownFolder: string;
  /** See `SharedState`. */
  readonly shared: SharedArrayBuffer;
  /** The main thread's id in the system, for its run time; 0 where unknown. */
  readonly threadId: number;
}

export type ToProfiler =
  | {
      readonly type: 'script';
      readonly info: ScriptInfo;
      readonly sites: readonly [number, Site][];
    }
  | {
      readonly type: 'begin';
      readonly turn: number;
      readonly key: string;
      readonly intervalUs: number;
      readonly allocations: boolean;
    }
  | { readonly type: 'end'; readonly key: string; readonly endUs: number }
  /** The process ends: an open inspector session would hold it up. */
  | { readonly type: 'let-go' };

/** `done`: what was seen of the cell is in the mailbox, as far as it could be had. */
export interface FromProfiler {
  readonly type: 'done';
  readonly key: string;
}

const HEAD_BYTES = 24;

/**
 * Memory that both threads see while the main thread is busy.
 *
 * `turns[TURN]` is the number of the last `begin` that was carried out, `turns[IS_FREE]` says that the inspector session
 * is closed, `turns[EVENT_COUNT]` counts the await events, which stand in a ring: time in microseconds, token, site.
 */
export class SharedState {
  static readonly EVENTS = 32_768;
  readonly turns: Int32Array;
  /** When the running cell's own code began, in microseconds of the monotonic clock; 0: not yet. */
  readonly start: Float64Array;
  readonly times: Float64Array;
  readonly tokens: Int32Array;
  readonly sites: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    const { EVENTS } = SharedState;
    this.turns = new Int32Array(buffer, 0, 4);
    this.start = new Float64Array(buffer, 16, 1);
    this.times = new Float64Array(buffer, HEAD_BYTES, EVENTS);
    this.tokens = new Int32Array(buffer, HEAD_BYTES + EVENTS * 8, EVENTS);
    this.sites = new Int32Array(buffer, HEAD_BYTES + EVENTS * 12, EVENTS);
  }

  static create(): SharedState {
    return new SharedState(new SharedArrayBuffer(HEAD_BYTES + SharedState.EVENTS * 16));
  }
}

export const TURN = 0;
export const IS_FREE = 1;
export const EVENT_COUNT = 2;
