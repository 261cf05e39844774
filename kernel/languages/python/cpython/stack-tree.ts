/** All stacks of one thread group as a tree of times, bounded in memory however long the cell runs. */
import type { Frame, StackNode, ThreadState } from '../../../sampling/stacks.ts';
import type { CodeObject } from './code-objects.ts';
import { lineAt } from './line-table.ts';

export const THREAD_STATES = [
  'cpu',
  'disk',
  'network',
  'lock',
  'sleep',
  'wait',
  'other',
] as const satisfies readonly ThreadState[];
const STATE_INDEX = Object.fromEntries(
  THREAD_STATES.map((state, index) => [state, index]),
) as Readonly<Record<ThreadState, number>>;
const STATES = THREAD_STATES.length;

/** Frames of a whole result, each once. Trees hold their numbers. */
export class FrameTable {
  readonly frames: Frame[] = [];
  private readonly numbers = new Map<string, number>();

  /** @param offset of the instruction in the code object's bytecode, in bytes. */
  number(code: CodeObject, offset: number): number {
    const line = offset < 0 ? code.firstLine : lineAt(code.table, offset) || code.firstLine;
    const known = code.frameByLine.get(line);
    if (known !== undefined) return known;
    // The same function may live in several code objects: in each process, or defined again.
    const key = `${line}\0${code.firstLine}\0${code.function}\0${code.file}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.frames.length;
      this.numbers.set(key, number);
      const { file, firstLine } = code;
      this.frames.push({ function: code.function, file, line, firstLine });
    }
    code.frameByLine.set(line, number);
    return number;
  }
}

/** How many nodes the trees of one sampler may still make together. */
export interface NodeBudget {
  left: number;
}

/** A parent's number times this, plus a frame's number, is a key; both stay far below it. */
const KEY_STEP = 2 ** 26;

export class StackTree {
  private readonly parents: number[] = [-1];
  private readonly frameOf: number[] = [-1];
  private readonly samples: number[] = [0];
  private readonly growth: number[] = [0];
  private readonly fileWaits = new Map<number, Map<string, number>>();
  /** What `innermost` found, by node. */
  private readonly found: (number | undefined)[] = [];
  private selfMs = new Float64Array(64 * STATES);
  private readonly children = new Map<number, number>();

  constructor(private readonly budget: NodeBudget) {}

  /** @returns the child, or the parent itself once the budget is spent. */
  child(parent: number, frame: number): number {
    const key = parent * KEY_STEP + frame;
    const known = this.children.get(key);
    if (known !== undefined) return known;
    if (this.budget.left <= 0) return parent;
    this.budget.left--;
    const node = this.parents.length;
    this.children.set(key, node);
    this.parents.push(parent);
    this.frameOf.push(frame);
    this.samples.push(0);
    this.growth.push(0);
    if ((node + 1) * STATES > this.selfMs.length) {
      const larger = new Float64Array(this.selfMs.length * 2);
      larger.set(this.selfMs);
      this.selfMs = larger;
    }
    return node;
  }

  /**
   * The innermost node of the stack down to `node` whose frame is one of those; 0: there is none.
   * @param isOne must always answer the same for a frame.
   */
  innermost(node: number, isOne: (frame: number) => boolean): number {
    let at = node;
    while (at > 0 && this.found[at] === undefined && !isOne(this.frameOf[at] as number)) {
      at = this.parents[at] as number;
    }
    const found = at > 0 ? (this.found[at] ?? at) : 0;
    for (let below = node; below > at; below = this.parents[below] as number) {
      this.found[below] = found;
    }
    if (at > 0) this.found[at] = found;
    return found;
  }

  addTime(node: number, state: ThreadState, weightMs: number): void {
    const at = node * STATES + STATE_INDEX[state];
    this.selfMs[at] = (this.selfMs[at] as number) + weightMs;
  }

  addFileWait(node: number, path: string, waitedMs: number): void {
    let waits = this.fileWaits.get(node);
    if (!waits) this.fileWaits.set(node, (waits = new Map<string, number>()));
    waits.set(path, (waits.get(path) ?? 0) + waitedMs);
  }

  countSample(node: number): void {
    this.samples[node] = (this.samples[node] as number) + 1;
  }

  addGrowth(node: number, bytes: number): void {
    this.growth[node] = (this.growth[node] as number) + bytes;
  }

  nodes(): StackNode[] {
    return this.parents.map((parent, node) => ({
      parent,
      frame: this.frameOf[node] as number,
      selfMs: Object.fromEntries(
        THREAD_STATES.map((state, index) => [state, this.selfMs[node * STATES + index] as number]),
      ) as Record<ThreadState, number>,
      ...this.fileWaitsOf(node),
      samples: this.samples[node] as number,
      rssGrowthBytes: this.growth[node] as number,
    }));
  }

  private fileWaitsOf(node: number): Pick<StackNode, 'fileWaitMs'> {
    const waits = this.fileWaits.get(node);
    return waits ? { fileWaitMs: Object.fromEntries(waits) } : {};
  }
}
