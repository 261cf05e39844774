/**
 * Notices that a cell began, where the kernel tells so without a message.
 *
 * A kernel says `busy` from another thread than the one that runs the cell: a call that keeps the interpreter's lock
 * from the cell's first milliseconds on (a regular expression, `sum(range(10**9))`) holds that message back to its end.
 */
import type { CellStart } from '../languages/adapter.ts';
import type { CellRun } from './cell-run.ts';

const OFTEN_MS = 1;
/** An idle kernel begins at once; one that takes longer is busy with something else than a cell. */
const OFTEN_LOOKS = 50;
const SELDOM_MS = 5;

export interface StartWatchOptions {
  /** In the order of their requests. */
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly startOf: (msgId: string) => CellStart | undefined;
  readonly onStart: (run: CellRun, start: CellStart) => void;
}

export class StartWatch {
  #timer: NodeJS.Timeout | undefined;
  #looks = 0;

  constructor(private readonly options: StartWatchOptions) {}

  /** To be called when a request went to the kernel and when a cell ended. */
  watch(): void {
    this.#looks = 0;
    if (this.#timer === undefined) this.#look();
  }

  #look(): void {
    this.#timer = undefined;
    const next = this.#next();
    if (!next) return;
    const start = this.options.startOf(next.request.msgId);
    if (start) return this.options.onStart(next, start);
    const waitMs = this.#looks++ < OFTEN_LOOKS ? OFTEN_MS : SELDOM_MS;
    this.#timer = setTimeout(() => this.#look(), waitMs);
    this.#timer.unref();
  }

  /** The cell that begins next; undefined while one runs. */
  #next(): CellRun | undefined {
    for (const run of this.options.runs.values()) {
      if (run.idleDate !== undefined) continue;
      // A cell that is only timed gets its exact figures from the agent: it may be looked at late.
      return run.busyDate === undefined && run.options !== undefined ? run : undefined;
    }
    return undefined;
  }
}
