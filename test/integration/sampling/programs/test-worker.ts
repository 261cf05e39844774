/** The sampling worker with samplers that count, fail and crash on purpose, in the place of a language's. */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { Milliseconds } from '../../../../src/profile/index.ts';
import type {
  StackResult,
  StackSampler,
  StackSamplerFactory,
} from '../../../../kernel/sampling/stacks.ts';
import { serve, type WorkerSetup } from '../../../../kernel/sampling/worker-port.ts';

abstract class Counting implements StackSampler {
  protected samples = 0;
  protected notes: string[] = [];
  private firstMs = 0;
  private lastMs = 0;

  sample(nowMs: number, descendants: readonly number[]): void {
    this.firstMs ||= nowMs;
    this.lastMs = nowMs;
    this.samples++;
    this.look(nowMs, descendants);
  }

  result(): StackResult {
    const intervalMs = ((this.lastMs - this.firstMs) / (this.samples - 1)) as Milliseconds;
    const { samples, notes } = this;
    return { frames: [], groups: [], samples, dropped: 0, intervalMs, notes };
  }

  close(): void {
    this.notes.push('closed');
  }

  protected abstract look(nowMs: number, descendants: readonly number[]): void;
}

class Count extends Counting {
  protected look(_nowMs: number, descendants: readonly number[]): void {
    this.notes = [descendants.join(' ')];
  }
}

class ThrowsAtFive extends Counting {
  protected look(): void {
    if (this.samples === 5) throw new Error('five is enough');
  }
}

/** The least heap in use in each second: what is left after collections. */
class Heap extends Counting {
  private readonly least: number[] = [];
  private startMs: number | undefined;

  protected look(nowMs: number): void {
    this.startMs ??= nowMs;
    const second = Math.floor((nowMs - this.startMs) / 1000);
    const used = getHeapStatistics().used_heap_size;
    this.least[second] = Math.min(this.least[second] ?? Infinity, used);
    this.notes = this.least.map(String);
  }
}

const SAMPLERS: Readonly<Record<string, StackSamplerFactory>> = {
  count: () => new Count(),
  throws: () => new ThrowsAtFive(),
  heap: () => new Heap(),
  refuses: () => {
    throw new Error('this version is not known');
  },
  exits: () => process.exit(3),
};

if (parentPort === null) throw new Error('runs in a worker thread only');
serve(parentPort, workerData as WorkerSetup, { samplers: SAMPLERS, cores: 2 });
