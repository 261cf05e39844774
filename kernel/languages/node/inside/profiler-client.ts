/** The main thread's side of the profiler: starts its thread when the first cell is profiled. */
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AwaitLog } from './await-log.ts';
import { lookHere } from './look.ts';
import type { ScriptInfo } from './scripts.ts';
import type { Site } from './to-stacks.ts';
import {
  IS_FREE,
  SharedState,
  TURN,
  type FromProfiler,
  type ToProfiler,
  type WorkerSetup,
} from './worker-messages.ts';

/** V8 lists all the code there is when it starts to sample; longer than this it never took. */
const START_LIMIT_MS = 3000;
const DONE_LIMIT_MS = 3000;
const LET_GO_LIMIT_MS = 200;

export interface ProfilerOptions {
  readonly workerFile: string;
  readonly mailboxFd: number;
}

export class ProfilerClient {
  readonly shared = SharedState.create();
  readonly awaits = new AwaitLog(this.shared);
  readonly look = lookHere;
  #worker: Worker | undefined;
  #turn = 0;
  #hasBegun = false;
  /** What ran before the thread was there. */
  readonly #earlier: ToProfiler[] = [];
  readonly #waiting = new Map<string, () => void>();

  constructor(private readonly options: ProfilerOptions) {
    process.on('exit', () => this.#letGo());
  }

  /** Lets the thread start while the cell is still being compiled. */
  warmUp(): void {
    if (this.#worker) return;
    const setup: WorkerSetup = {
      mailboxFd: this.options.mailboxFd,
      ownFolder: dirname(this.options.workerFile),
      shared: this.shared.buffer,
      // Of a process's threads, Linux gives the first one the process's own id.
      threadId: process.platform === 'linux' ? process.pid : 0,
    };
    const worker = new Worker(this.options.workerFile, {
      workerData: setup,
      execArgv: [],
      env: {},
    });
    worker.on('message', ({ key }: FromProfiler) => this.#waiting.get(key)?.());
    worker.on('error', () => this.#lost());
    worker.on('exit', () => this.#lost());
    worker.unref();
    this.#worker = worker;
    for (const message of this.#earlier.splice(0)) worker.postMessage(message);
  }

  script(info: ScriptInfo, sites: readonly [number, Site][]): void {
    const message: ToProfiler = { type: 'script', info, sites };
    if (this.#worker) this.#worker.postMessage(message);
    else this.#earlier.push(message);
  }

  /**
   * Waits until the profiler samples this thread. It has to wait in JavaScript: the inspector's commands reach a busy
   * thread only there. @returns false when it did not start in time.
   */
  begin(
    key: string,
    options: { readonly intervalUs: number; readonly allocations: boolean },
  ): boolean {
    this.warmUp();
    const turn = ++this.#turn;
    this.shared.start[0] = 0;
    this.#post({ type: 'begin', turn, key, ...options });
    this.#hasBegun = true;
    const deadline = performance.now() + START_LIMIT_MS;
    while (Atomics.load(this.shared.turns, TURN) !== turn) {
      if (performance.now() > deadline || !this.#worker) return false;
    }
    this.awaits.start();
    return true;
  }

  /** The cell's own code begins now. */
  started(ns: bigint): void {
    this.shared.start[0] = Number(ns) / 1000;
  }

  /** The cell has ended. @returns a promise that resolves when what was seen of it is in the mailbox, or in vain. */
  end(key: string, ns: bigint): Promise<void> {
    this.awaits.stop();
    const endUs = Number(ns) / 1000;
    return new Promise(resolve => {
      if (!this.#worker) return resolve();
      const timer = setTimeout(resolve, DONE_LIMIT_MS);
      this.#waiting.set(key, () => {
        clearTimeout(timer);
        this.#waiting.delete(key);
        resolve();
      });
      this.#post({ type: 'end', key, endUs });
    });
  }

  #post(message: ToProfiler): void {
    this.#worker?.postMessage(message);
  }

  #lost(): void {
    this.#worker = undefined;
    for (const done of this.#waiting.values()) done();
  }

  /** Node would wait for the session to close before it ends. */
  #letGo(): void {
    if (!this.#worker || !this.#hasBegun) return;
    this.#post({ type: 'let-go' });
    const deadline = performance.now() + LET_GO_LIMIT_MS;
    while (Atomics.load(this.shared.turns, IS_FREE) === 0 && performance.now() < deadline);
  }
}
