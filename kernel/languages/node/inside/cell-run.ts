/** One cell on its way through tslab: what it is called, when it began and ended, and why it failed. */
import type { MarksRecord } from '../told.ts';
import { FailureText } from './cell-errors.ts';
import { figuresNow, marksBetween, type Figures } from './figures.ts';

/** What the hook put into the request's metadata, see `NodeSession.prepare`. */
export interface ProfileWish {
  readonly intervalUs: number;
  /** Otherwise only variables are wanted. */
  readonly stacks: boolean;
  readonly allocations: boolean;
}

export class CellRun {
  readonly failure = new FailureText();
  /** Resolves when the profiler has told what it saw. */
  profiled: Promise<void> = Promise.resolve();
  hasStarted = false;
  #start: Figures | undefined;
  #end: Figures | undefined;

  constructor(
    /** The request's `msg_id`. */
    readonly key: string,
    readonly code: string,
    readonly wish: ProfileWish | undefined,
  ) {}

  get isRunning(): boolean {
    return this.#start !== undefined && this.#end === undefined;
  }

  /** @returns the time of it. */
  begin(): bigint {
    this.#end = undefined;
    this.#start = figuresNow('start');
    return this.#start.ns;
  }

  /** @returns the time of it. */
  end(): bigint {
    this.#end ??= figuresNow('end');
    return this.#end.ns;
  }

  marks(): MarksRecord | undefined {
    return this.#start && this.#end && marksBetween(this.#start, this.#end);
  }
}

export function wishOf(metadata: unknown): ProfileWish | undefined {
  const mark = (metadata as { readonly pyperf?: unknown } | undefined)?.pyperf;
  if (typeof mark !== 'object' || mark === null) return undefined;
  const { intervalUs, stacks, allocations } = mark as Partial<ProfileWish>;
  return typeof intervalUs === 'number'
    ? { intervalUs, stacks: stacks !== false, allocations: allocations === true }
    : undefined;
}
