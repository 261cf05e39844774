/** Reads the stacks of a CPython kernel, and of the Python processes below it, from outside. */
import { performance } from 'node:perf_hooks';
import { ms } from '../../../sampling/brand.ts';
import type {
  StackGroup,
  StackResult,
  StackSampler,
  StackTarget,
} from '../../../sampling/stacks.ts';
import { ChildProcesses } from './child-processes.ts';
import { findLayout } from './layouts/find-layout.ts';
import { ProcessMemory } from './memory.ts';
import { PythonProcess, type SharedState } from './python-process.ts';
import { FrameTable, type NodeBudget } from './stack-tree.ts';
import { waitKinds } from './syscalls/syscalls.ts';
import { type PythonTarget, PythonTargetSchema } from './target.ts';
import type { ThreadGroup } from './thread-sampler.ts';
import { threadName } from './thread-name.ts';

const MOST_NODES = 20_000;
/** A sample weighs the time since the one before, but after a gap of many intervals only so much. */
const MOST_INTERVALS = 10;
const LEAST_BOUND_MS = 100;
/** Growth whose line is not sure: less of it is not worth a word. */
const LEAST_TOLD_BYTES = 4e6;
const LEAST_TOLD_SHARE = 0.1;

/** @throws Error with a reason that a user can read when this kernel cannot be read from outside. */
export function createCPythonSampler(target: StackTarget): StackSampler {
  const details = checkTarget(target.details);
  let memory: ProcessMemory;
  try {
    memory = new ProcessMemory(target.pid);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the kernel's memory cannot be read (${code ?? 'unknown error'})`, {
      cause: error,
    });
  }
  try {
    return new CPythonSampler(details, memory);
  } catch (error) {
    memory.close();
    throw error;
  }
}

function checkTarget(details: unknown): PythonTarget {
  const parsed = PythonTargetSchema.safeParse(details);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `the agent's description of the kernel is not usable: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }
  const { freeThreaded, debugBuild, pointerBytes } = parsed.data;
  if (freeThreaded) throw new Error('this is a free-threaded build of Python');
  if (debugBuild) throw new Error('this is a debug build of Python');
  if (pointerBytes !== 8) throw new Error('this is not a 64-bit Python');
  return parsed.data;
}

class CPythonSampler implements StackSampler {
  private readonly frames = new FrameTable();
  private readonly budget: NodeBudget = { left: MOST_NODES };
  private readonly shared: SharedState;
  private readonly kernel: PythonProcess;
  private readonly children: ChildProcesses;
  private readonly startMs: number;
  private nowMs: number;
  private meanMs = 1;
  private ticks = 0;
  private samples = 0;

  constructor(details: PythonTarget, memory: ProcessMemory) {
    this.startMs = this.nowMs = performance.now();
    const layout = findLayout(details.version, memory, details.runtime);
    this.shared = {
      frames: this.frames,
      budget: this.budget,
      waitKinds: waitKinds(details.machine),
      code: details.code,
      dropped: 0,
    };
    const { runtime, codeType, nativeThreadId: mainThreadId, asyncio } = details;
    this.kernel = new PythonProcess(
      { memory, layout, runtime, codeType, mainThreadId, asyncio, sinceMs: this.startMs },
      this.shared,
    );
    this.children = new ChildProcesses(this.shared);
  }

  sample(nowMs: number, descendants: readonly number[]): void {
    const sinceMs = this.nowMs;
    const mostMs = Math.max(LEAST_BOUND_MS, this.meanMs * MOST_INTERVALS);
    this.meanMs += (nowMs - sinceMs - this.meanMs) / 16;
    this.ticks++;
    if (!this.kernel.ended) this.samples += this.kernel.sample(nowMs, mostMs) > 0 ? 1 : 0;
    this.children.sample(nowMs, mostMs, descendants);
    this.nowMs = nowMs;
  }

  get wantsCloserLook(): boolean {
    return this.kernel.growth.wantsCloserLook;
  }

  result(): StackResult {
    const mostMs = Math.max(LEAST_BOUND_MS, this.meanMs * MOST_INTERVALS);
    this.kernel.settle(this.nowMs, mostMs);
    this.children.settle(this.nowMs, mostMs);
    const { lockRounds } = this.kernel;
    const groups = [
      ...this.kernel.groups.map(group => this.describe(group, this.kernel.pid, undefined)),
      ...this.children.seen.flatMap(({ name, process }) =>
        process.groups.map(group => this.describe(group, process.pid, name)),
      ),
    ];
    const { moments } = this.kernel.groups.find(group => group.kind === 'main') ?? {};
    return {
      frames: this.frames.frames.slice(),
      groups,
      ...(moments && { moments: moments.result() }),
      ...(lockRounds && { lockRounds }),
      samples: this.samples,
      dropped: this.shared.dropped,
      intervalMs: ms(this.ticks > 0 ? (this.nowMs - this.startMs) / this.ticks : 0),
      notes: this.notes(),
    };
  }

  close(): void {
    this.kernel.close();
    this.children.close();
  }

  private describe(group: ThreadGroup, pid: number, name: string | undefined): StackGroup {
    const nodes = group.tree.nodes();
    return {
      kind: group.kind,
      name: name ?? (group.kind === 'main' ? 'main' : threadName(nodes, this.frames.frames)),
      pid,
      nodes,
      gilWaitMs: ms(group.gilWaitMs),
    };
  }

  private notes(): string[] {
    const notes: string[] = [];
    if (this.budget.left <= 0) {
      notes.push(
        `More than ${MOST_NODES.toLocaleString('en')} different stacks: the rarest are cut short.`,
      );
    }
    const { movedBytes, unsureBytes } = this.kernel.growth;
    if (movedBytes >= LEAST_TOLD_BYTES && unsureBytes > movedBytes * LEAST_TOLD_SHARE) {
      const percent = Math.round((100 * unsureBytes) / movedBytes);
      notes.push(
        `Lines take turns faster than samples can tell: of ${percent} % of the memory's growth the line is an estimate.`,
      );
    }
    if (this.kernel.ended) notes.push("The kernel's process ended while it was sampled.");
    if (this.kernel.overflowed) notes.push('Too many threads: some were not sampled.');
    if (this.children.overflowed) notes.push('Too many child processes: some were not sampled.');
    if (this.children.skippedOthers) {
      notes.push('Child processes that are no CPython 3.11 or later have no stacks.');
    }
    return notes;
  }
}
