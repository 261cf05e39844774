/** One cell while it is measured: its meter, and its stack sampler if it has one. */
import { CellMeter } from './cell-meter.ts';
import type { ProcessTree } from './process-tree.ts';
import type { ResourceUsage, ToWorker } from './protocol.ts';
import { CLOSER_LOOK_MS, MeanCost, sampleIntervalMs, withJitter } from './rate.ts';
import type { StackResult, StackSampler, StackSamplerFactory } from './stacks.ts';

export interface CellRunOptions {
  /** Undefined when the language named one that is not registered, or none. */
  readonly sampler: StackSamplerFactory | undefined;
  readonly cores: number;
  readonly now: () => number;
  readonly resetPeak: boolean;
}

export class CellRun {
  readonly meter: CellMeter;
  /** When the next stack sample should be taken; never, without a sampler. */
  dueMs = Infinity;
  private readonly cost = new MeanCost();
  private readonly notes = new Set<string>();
  private samples = 0;
  private looksCloser = false;
  private sampler: StackSampler | undefined;
  /** What the sampler had when it failed. */
  private rescued: StackResult | undefined;

  constructor(
    tree: ProcessTree,
    private readonly request: Extract<ToWorker, { type: 'start' }>,
    readonly startMs: number,
    private readonly options: CellRunOptions,
  ) {
    const kernelPid = request.kernelPid ?? request.stacks?.pid ?? request.pid;
    this.meter = new CellMeter(tree, kernelPid, startMs, options.resetPeak);
    this.open();
  }

  sampleIfDue(nowMs: number, descendants: readonly number[]): void {
    if (this.sampler === undefined || nowMs < this.dueMs) return;
    try {
      this.sampler.sample(nowMs, descendants);
    } catch (error) {
      this.fail(error);
      return;
    }
    const doneMs = this.options.now();
    // The first sample opens what the others use: its cost says nothing about theirs.
    if (this.samples++ > 0) this.cost.add(doneMs - nowMs);
    this.schedule(doneMs);
  }

  /** Adds a sentence to the result, once. */
  note(sentence: string): void {
    this.notes.add(sentence);
  }

  result(): { readonly usage: ResourceUsage; readonly stacks?: StackResult } {
    const stacks = this.stacks();
    const usage = this.meter.result();
    return {
      usage: { ...usage, notes: [...usage.notes, ...this.notes] },
      ...(stacks === undefined ? {} : { stacks }),
    };
  }

  close(): void {
    this.sampler?.close();
    this.sampler = undefined;
  }

  private open(): void {
    const target = this.request.stacks;
    if (target === undefined) return;
    if (this.options.sampler === undefined) {
      this.notes.add(`There is no stack sampler called "${target.sampler}".`);
      return;
    }
    try {
      this.sampler = this.options.sampler(target);
      this.dueMs = this.startMs;
    } catch (error) {
      this.notes.add(`Stacks cannot be sampled: ${reasonOf(error)}.`);
    }
  }

  private schedule(nowMs: number): void {
    const wasCloserLook = this.looksCloser;
    this.looksCloser =
      !wasCloserLook && this.request.rateHz === undefined && this.sampler?.wantsCloserLook === true;
    if (this.looksCloser) {
      this.dueMs = nowMs + CLOSER_LOOK_MS;
      return;
    }
    const intervalMs = sampleIntervalMs({
      elapsedMs: nowMs - this.startMs,
      costMs: this.cost.ms * (wasCloserLook ? 2 : 1),
      cores: this.options.cores,
      ...(this.request.rateHz === undefined ? {} : { rateHz: this.request.rateHz }),
    });
    const waitMs = withJitter(intervalMs, Math.random());
    // Keeps the rate although samples take time; what was missed is not made up for by a burst.
    this.dueMs = this.dueMs + waitMs > nowMs ? this.dueMs + waitMs : nowMs + waitMs;
  }

  private stacks(): StackResult | undefined {
    if (this.sampler === undefined) return this.rescued;
    try {
      return this.sampler.result();
    } catch (error) {
      this.fail(error);
      return this.rescued;
    }
  }

  /** The sampler is given up; resources go on. */
  private fail(error: unknown): void {
    this.notes.add(`Sampling stacks stopped early: ${reasonOf(error)}.`);
    const failed = this.sampler;
    this.sampler = undefined;
    this.dueMs = Infinity;
    try {
      this.rescued = failed?.result();
    } catch {
      // The note above tells; there is nothing left to rescue.
    }
    failed?.close();
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
