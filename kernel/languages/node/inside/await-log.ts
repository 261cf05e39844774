/** The await events, written by the main thread and read by the profiler's. */
import type { AwaitEvent } from './waiting.ts';
import { EVENT_COUNT, SharedState } from './worker-messages.ts';

/** A cell that awaits more often than this is not followed further: to note an await costs as much as to await. */
const MAX_AWAITS = 20_000;

/** The engine's own, whatever the user's code puts in its place. */
const then = Reflect.get(Promise.prototype, 'then') as (
  this: unknown,
  fulfilled: () => void,
  rejected: () => void,
) => unknown;

/** The main thread's side. */
export class AwaitLog {
  #isOn = false;
  #left = 0;
  #token = 0;
  readonly #offsetUs: number;

  constructor(private readonly shared: SharedState) {
    // The pair of readings nearest to each other: what runs for the first time takes a part of a millisecond.
    const offsets = Array.from(
      { length: 20 },
      () => Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000,
    );
    this.#offsetUs = Math.max(...offsets);
  }

  get overflowed(): boolean {
    return this.#left === 0;
  }

  start(): void {
    this.#isOn = true;
    this.#left = MAX_AWAITS;
  }
  stop(): void {
    this.#isOn = false;
  }

  /** Before an operand is evaluated. @returns 0 when nobody wants to know. */
  readonly begin = (site: number): number => {
    if (!this.#isOn || this.#left === 0) return 0;
    this.#left--;
    this.#push(++this.#token, site);
    return this.#token;
  };

  /** After it. The operand goes on as it is; of a promise of the engine's own we hear when it settles. */
  readonly wait = (token: number, operand: unknown): unknown => {
    if (token === 0) return operand;
    const end = (): void => this.#push(token, -1);
    if (operand instanceof Promise && operand.constructor === Promise)
      void then.call(operand, end, end);
    else end();
    return operand;
  };

  #push(token: number, site: number): void {
    const { turns, times, tokens, sites } = this.shared;
    const count = turns[EVENT_COUNT] as number;
    const at = count % SharedState.EVENTS;
    times[at] = this.#offsetUs + performance.now() * 1000;
    tokens[at] = token;
    sites[at] = site;
    Atomics.store(turns, EVENT_COUNT, count + 1);
  }
}

/** The profiler's side. @returns events since `from`, of which the oldest may have been written over. */
export function readEvents(
  shared: SharedState,
  from: number,
): { readonly events: AwaitEvent[]; readonly next: number; readonly lost: number } {
  const next = Atomics.load(shared.turns, EVENT_COUNT);
  const start = Math.max(from, next - SharedState.EVENTS);
  const events: AwaitEvent[] = [];
  for (let index = start; index < next; index++) {
    const at = index % SharedState.EVENTS;
    events.push({
      atUs: shared.times[at] as number,
      token: shared.tokens[at] as number,
      site: shared.sites[at] as number,
    });
  }
  return { events, next, lost: start - from };
}
