/** Samples one thread: what it does, its stack, and how long since the sample before. */
import type { Moments } from '../../../sampling/moments.ts';
import type { AwaitReader } from './await-reader.ts';
import type { FrameTable, StackTree } from './stack-tree.ts';
import type { StackReader } from './stack-reader.ts';
import type { ThreadActivity } from './thread-activity.ts';
import { type Leaf, TimeLedger } from './time-ledger.ts';

/** Where a thread's time goes: a group's tree, and figures beside it. */
export interface ThreadGroup {
  readonly kind: 'main' | 'thread' | 'process';
  readonly tid: number;
  /** Among its process's groups, from 0. */
  readonly place: number;
  readonly tree: StackTree;
  /** Of the main thread alone. */
  readonly moments?: Moments;
  gilWaitMs: number;
}

export type ThreadOutcome = 'sampled' | 'torn' | 'gone';

const TRIES = 4;
/** Deeper stacks lose their middle: the cell's frames are at one end, what executes at the other. */
const MOST_FRAMES = 400;
/** A thread that has not run for a while is looked at less often. */
const IDLE_AFTER_MS = 50;
const IDLE_EVERY_MS = 10;

export class ThreadSampler {
  private leaves: readonly Leaf[] = [];
  private readonly ledger: TimeLedger;
  private ranMs: number;
  private dueMs = 0;
  private faults = -1;

  constructor(
    readonly group: ThreadGroup,
    private readonly reader: StackReader,
    private readonly activity: ThreadActivity,
    private readonly frames: FrameTable,
    private readonly awaiting: AwaitReader | undefined,
    /** The end of the time that is already accounted for. */
    private lastMs: number,
  ) {
    this.ranMs = lastMs;
    this.ledger = new TimeLedger(group);
  }

  get threadState(): number {
    return this.reader.threadState;
  }

  /** The node where the thread stands and whether it is on the CPU; undefined before the first sample. */
  get leaf(): { readonly node: number; readonly onCpu: boolean } | undefined {
    const [leaf] = this.leaves;
    return leaf && { node: leaf.node, onCpu: leaf.activity.state === 'cpu' };
  }

  /** Page faults since the last call; undefined at the first. */
  newFaults(): number | undefined {
    const before = this.faults;
    this.faults = this.activity.faults();
    return before < 0 || this.faults < 0 ? undefined : this.faults - before;
  }

  /** It is blocked on a lock that is not the interpreter's. */
  get waitsForLock(): boolean {
    const activity = this.leaves[0]?.activity;
    return activity?.state === 'lock' && !activity.gil;
  }

  /** @param mostMs the greatest weight that one sample may have: the stack says nothing about a long gap before it. */
  sample(nowMs: number, mostMs: number): ThreadOutcome {
    if (nowMs < this.dueMs) return 'sampled';
    const intervalMs = Math.min(nowMs - this.lastMs, mostMs);
    if (this.activity.hasRun() || this.leaves.length === 0) {
      const outcome = this.look(nowMs);
      if (outcome !== 'sampled') return outcome;
      const isWhole = intervalMs === nowMs - this.lastMs;
      const { runnableMs, keptCore } = this.activity;
      this.ledger.moved(this.leaves, intervalMs, isWhole ? runnableMs : -1, keptCore);
      this.ranMs = nowMs;
    } else {
      this.ledger.stayed(intervalMs);
      const idle = this.group.kind !== 'main' && nowMs - this.ranMs > IDLE_AFTER_MS;
      if (idle) this.dueMs = nowMs + IDLE_EVERY_MS;
    }
    for (const { node } of this.leaves) {
      this.group.tree.countSample(node);
      this.group.moments?.add(nowMs, node);
    }
    this.lastMs = nowMs;
    return 'sampled';
  }

  /** Accounts for all time up to now, for a result or because nobody will look again. */
  settle(nowMs: number, mostMs: number): void {
    if (this.leaves.length === 0) return;
    if (this.dueMs > this.lastMs && nowMs > this.lastMs) {
      this.ledger.stayed(Math.min(nowMs - this.lastMs, mostMs));
      this.lastMs = nowMs;
    }
    this.ledger.flush();
  }

  close(): void {
    this.activity.close();
  }

  private look(nowMs: number): ThreadOutcome {
    const activity = this.activity.read(nowMs);
    if (this.activity.gone) return 'gone';
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const outcome = this.reader.read(nowMs);
      if (outcome === 'torn') continue;
      const awaited =
        activity.state === 'wait' ? this.awaiting?.read(nowMs, this.reader) : undefined;
      this.leaves = awaited
        ? awaited.map(stack => ({
            node: this.place(stack.frames),
            activity: stack.sleeps ? { ...activity, state: 'sleep' } : activity,
          }))
        : [{ node: this.place(this.framesRead()), activity }];
      return 'sampled';
    }
    return 'torn';
  }

  private framesRead(): number[] {
    const { codes, offsets } = this.reader;
    const frames: number[] = [];
    for (let index = codes.length - 1; index >= 0; index--) {
      const code = codes[index];
      if (code) frames.push(this.frames.number(code, offsets[index] as number));
    }
    return frames;
  }

  /** @param frames outermost first. */
  private place(frames: readonly number[]): number {
    const { tree } = this.group;
    const skipFrom = frames.length > MOST_FRAMES ? MOST_FRAMES / 2 : frames.length;
    const skipTo = frames.length - MOST_FRAMES / 2;
    let node = 0;
    for (let index = 0; index < frames.length; index++) {
      if (index >= skipFrom && index < skipTo) continue;
      node = tree.child(node, frames[index] as number);
    }
    return node;
  }
}
