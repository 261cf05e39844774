/**
 * The hook's hold on its sampling worker. Nothing here throws into the path of messages: what fails rejects the
 * promise of the cell it concerns, and a worker that dies is told to `onProblem` once.
 */
import { Worker } from 'node:worker_threads';
import type { CellKey, FromWorker, ResourceUsage, ToWorker } from './protocol.ts';
import type { StackResult } from './stacks.ts';
import type { WorkerSetup } from './worker-port.ts';

export interface SampledCell {
  readonly usage: ResourceUsage;
  readonly stacks?: StackResult;
}

export type StartRequest = Omit<Extract<ToWorker, { type: 'start' }>, 'type'>;

export interface SamplingClientOptions {
  /** The bundled worker; by default the one beside the bundle that this runs in. */
  readonly workerUrl?: URL;
  /** How long an answer may take. */
  readonly answerWithinMs?: number;
  readonly onProblem?: (reason: string) => void;
}

interface Waiting {
  readonly cell: CellKey;
  readonly type: 'result' | 'peeked';
  readonly timer: NodeJS.Timeout;
  resolve(sampled: SampledCell): void;
  reject(reason: Error): void;
}

const ANSWER_WITHIN_MS = 2000;

export class SamplingClient {
  private readonly control = new Int32Array(new SharedArrayBuffer(4));
  private readonly waiting = new Set<Waiting>();
  private worker: Worker | undefined;
  /** Why there is no worker and will be none. */
  private dead: string | undefined;

  constructor(private readonly options: SamplingClientOptions = {}) {}

  /** Loads the worker ahead of the first cell, so that the cell's first milliseconds are measured too. */
  warm(): void {
    this.ensureWorker();
  }

  start(request: StartRequest): void {
    this.send({ type: 'start', ...request });
  }

  /** @throws (rejects) Error with the reason when there is no answer in time, or no worker. */
  end(cell: CellKey): Promise<SampledCell> {
    return this.ask(cell, 'end', 'result');
  }

  /** The state of a running cell. Rejects as `end` does. */
  peek(cell: CellKey): Promise<SampledCell> {
    return this.ask(cell, 'peek', 'peeked');
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.bury('The sampling worker was closed.');
    await worker?.terminate();
  }

  private ask(cell: CellKey, ask: 'end' | 'peek', type: Waiting['type']): Promise<SampledCell> {
    if (this.worker === undefined) {
      return Promise.reject(new Error(this.dead ?? 'This cell was never started.'));
    }
    return new Promise((resolve, reject) => {
      const capMs = this.options.answerWithinMs ?? ANSWER_WITHIN_MS;
      const timer = setTimeout(() => {
        this.waiting.delete(waiting);
        reject(new Error(`The sampling worker gave no answer within ${capMs} ms.`));
      }, capMs);
      timer.unref();
      const waiting: Waiting = { cell, type, timer, resolve, reject };
      this.waiting.add(waiting);
      this.send({ type: ask, cell });
    });
  }

  private send(message: ToWorker): void {
    const worker = this.ensureWorker();
    if (worker === undefined) return;
    try {
      worker.postMessage(message);
    } catch (error) {
      // Only a target that cannot be copied does this: that cell goes without stacks and resources.
      this.options.onProblem?.(`A cell is not sampled: ${String(error)}`);
      return;
    }
    Atomics.add(this.control, 0, 1);
    Atomics.notify(this.control, 0);
  }

  private ensureWorker(): Worker | undefined {
    if (this.worker !== undefined || this.dead !== undefined) return this.worker;
    const url = this.options.workerUrl ?? new URL('./sampling-worker.mjs', import.meta.url);
    const setup: WorkerSetup = { control: this.control.buffer };
    try {
      const worker = new Worker(url, { workerData: setup, name: 'pyperf-sampling' });
      worker.on('message', (message: FromWorker) => this.receive(message));
      worker.on('error', error => this.fail(`The sampling worker failed: ${String(error)}`));
      worker.on('exit', code => this.fail(`The sampling worker ended with code ${code}.`));
      // It must never keep the hook alive.
      worker.unref();
      this.worker = worker;
    } catch (error) {
      this.fail(`The sampling worker cannot start: ${String(error)}`);
    }
    return this.worker;
  }

  private receive(message: FromWorker): void {
    for (const waiting of this.waiting) {
      if (waiting.cell !== message.cell) continue;
      if (message.type !== 'failed' && waiting.type !== message.type) continue;
      this.waiting.delete(waiting);
      clearTimeout(waiting.timer);
      if (message.type === 'failed') waiting.reject(new Error(message.reason));
      else waiting.resolve(sampledOf(message));
      return;
    }
  }

  private fail(reason: string): void {
    if (this.dead !== undefined) return;
    this.bury(reason);
    this.options.onProblem?.(reason);
  }

  private bury(reason: string): void {
    this.dead ??= reason;
    this.worker = undefined;
    for (const waiting of this.waiting) {
      clearTimeout(waiting.timer);
      waiting.reject(new Error(this.dead));
    }
    this.waiting.clear();
  }
}

const sampledOf = ({ usage, stacks }: Exclude<FromWorker, { type: 'failed' }>): SampledCell => ({
  usage,
  ...(stacks === undefined ? {} : { stacks }),
});
