/** Samples one thread: what it does, its stack, and how long since the sample before. */
import type { AwaitReader } from './await-reader.ts';
import type { FrameTable, StackTree } from './stack-tree.ts';
import type { StackReader } from './stack-reader.ts';
import type { Activity, ThreadActivity } from './thread-activity.ts';

/** Where a thread's time goes: a group's tree, and figures beside it. */
export interface ThreadGroup {
  readonly kind: 'main' | 'thread' | 'process';
  readonly tid: number;
  readonly tree: StackTree;
  gilWaitMs: number;
}

export type ThreadOutcome = 'sampled' | 'torn' | 'gone';

const TRIES = 4;
/** Deeper stacks lose their middle: the cell's frames are at one end, what executes at the other. */
const MOST_FRAMES = 400;
/** A thread that has not run for a while is looked at less often. */
const IDLE_AFTER_MS = 50;
const IDLE_EVERY_MS = 10;

interface Leaf {
  readonly node: number;
  readonly activity: Activity;
}

export class ThreadSampler {
  private leaves: Leaf[] = [];
  private ranMs: number;
  private dueMs = 0;

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
  }

  get threadState(): number {
    return this.reader.threadState;
  }

  /** The node where the thread stands and whether it is on the CPU; undefined before the first sample. */
  get leaf(): { readonly node: number; readonly onCpu: boolean } | undefined {
    const [leaf] = this.leaves;
    return leaf && { node: leaf.node, onCpu: leaf.activity.state === 'cpu' };
  }

  /**
   * @param mostMs the greatest weight that one sample may have: after a gap the stack says nothing about the gap.
   * @param fileWait called with the time of each wait for a file.
   */
  sample(
    nowMs: number,
    mostMs: number,
    fileWait: (path: string, ms: number) => void,
  ): ThreadOutcome {
    if (nowMs < this.dueMs) return 'sampled';
    const hasRun = this.activity.hasRun();
    if (hasRun || this.leaves.length === 0) {
      const outcome = this.look(nowMs);
      if (outcome !== 'sampled') return outcome;
      this.ranMs = nowMs;
    } else if (this.group.kind !== 'main' && nowMs - this.ranMs > IDLE_AFTER_MS) {
      this.dueMs = nowMs + IDLE_EVERY_MS;
    }
    this.account(Math.min(nowMs - this.lastMs, mostMs), fileWait);
    this.lastMs = nowMs;
    return 'sampled';
  }

  /** Gives the time since the last look to where the thread stood, when nobody will look again. */
  settle(nowMs: number, mostMs: number, fileWait: (path: string, ms: number) => void): void {
    if (this.dueMs <= this.lastMs || this.leaves.length === 0 || nowMs <= this.lastMs) return;
    this.account(Math.min(nowMs - this.lastMs, mostMs), fileWait);
    this.lastMs = nowMs;
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

  private account(weightMs: number, fileWait: (path: string, ms: number) => void): void {
    const shareMs = weightMs / this.leaves.length;
    for (const { node, activity } of this.leaves) {
      this.group.tree.addTime(node, activity.state, shareMs);
      if (activity.gil) this.group.gilWaitMs += shareMs;
      if (activity.path !== undefined) fileWait(activity.path, shareMs);
    }
  }
}
