/**
 * The hook's hold on its findings worker. Nothing here throws, and nothing takes longer than its limit: a cell's
 * report then says that its findings are missing.
 */
import { Worker } from 'node:worker_threads';
import type { Profile } from '../../src/profile/index.ts';
import type { FindAnswer, FindRequest } from './protocol.ts';

/** A person waits for the cell's end meanwhile. */
const ANSWER_WITHIN_MS = 1500;
/** Its memory is given back when no cell asked for so long. */
const IDLE_MS = 120_000;

export interface FoundInCell {
  readonly findings: FindAnswer['findings'];
  readonly notes: readonly string[];
}

export interface FindingsOptions {
  /** The bundled worker; by default the one beside the bundle that this runs in. */
  readonly workerUrl?: URL;
  readonly answerWithinMs?: number;
}

export class FindingsClient {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, (found: FoundInCell) => void>();

  constructor(private readonly options: FindingsOptions = {}) {}

  /** Loads the parser while the cell still runs. */
  warm(): void {
    this.#ensure();
  }

  find(profile: Profile, earlier: FindRequest['earlier'], folder: string): Promise<FoundInCell> {
    const worker = this.#ensure();
    if (!worker) return Promise.resolve(missing('their worker cannot start'));
    const id = ++this.#lastId;
    return new Promise(resolve => {
      const limitMs = this.options.answerWithinMs ?? ANSWER_WITHIN_MS;
      const timer = setTimeout(() => {
        this.#settle(id, missing(`they took longer than ${limitMs / 1000} s`));
        // What it still works on would be in the next cell's way.
        this.#end();
      }, limitMs);
      timer.unref();
      this.#waiting.set(id, found => {
        clearTimeout(timer);
        resolve(found);
      });
      try {
        worker.postMessage({ id, profile, earlier, folder } satisfies FindRequest);
      } catch (error) {
        this.#settle(id, missing((error as Error).message));
      }
    });
  }

  #ensure(): Worker | undefined {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_MS);
    this.#idle.unref();
    if (this.#worker) return this.#worker;
    try {
      const url = this.options.workerUrl ?? new URL('./findings-worker.mjs', import.meta.url);
      const worker = new Worker(url, { name: 'pyperf-findings' });
      worker.on('message', ({ id, ...found }: FindAnswer) => this.#settle(id, found));
      worker.on('error', error => this.#lost(worker, error.message));
      worker.on('exit', () => this.#lost(worker, 'their worker ended'));
      // It must never keep the hook alive.
      worker.unref();
      return (this.#worker = worker);
    } catch {
      return undefined;
    }
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #lost(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, missing(reason));
  }

  #settle(id: number, found: FoundInCell): void {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(found);
  }
}

const missing = (reason: string): FoundInCell => ({
  findings: [],
  notes: [`Findings are missing: ${reason}.`],
});
