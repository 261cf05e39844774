/**
 * The run of a whole notebook that a page began: kept for the pages that come while it goes on, or after it, so that a
 * closed tab loses neither its progress nor its end.
 */
import type { JsonObject } from '../wire/message.ts';
import { isObject } from './wish.ts';

interface Begun {
  readonly name: string;
  readonly atMs: number;
  readonly cells: readonly string[];
}

export class StartedRun {
  #begun: Begun | undefined;

  /** @param nowMs since the epoch, by the clock that dates the cells. */
  constructor(private readonly nowMs: () => number = Date.now) {}

  /** A wish names the run that it is made for; the next one without a name ends it. */
  wished({ run: name, cells }: JsonObject): void {
    if (typeof name !== 'string') {
      this.#begun = undefined;
      return;
    }
    if (name === this.#begun?.name) return;
    const ids = (Array.isArray(cells) ? (cells as unknown[]) : []).flatMap(cell =>
      isObject(cell) && typeof cell['id'] === 'string' ? [cell['id']] : [],
    );
    this.#begun = { name, atMs: this.nowMs(), cells: ids };
  }

  /** What a page is told that comes now; undefined when no run was begun, or its page has seen the end. */
  told(): JsonObject | undefined {
    if (!this.#begun) return undefined;
    const { atMs, cells } = this.#begun;
    return {
      startedAt: new Date(atMs).toISOString(),
      elapsedMs: Math.max(0, this.nowMs() - atMs),
      cells,
    };
  }
}
