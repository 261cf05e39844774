/** Samples every Python thread of one process: the kernel itself, or a child of it. */
import { existsSync } from 'node:fs';
import { Moments } from '../../../sampling/moments.ts';
import type { LockRound } from '../../../sampling/stacks.ts';
import { AwaitReader } from './await-reader.ts';
import { CodeObjects } from './code-objects.ts';
import { Descriptors } from './descriptors.ts';
import type { GrowthLedger } from './growth-ledger.ts';
import { GrowthWatch } from './growth-watch.ts';
import type { Layout } from './layouts/layout.ts';
import { LockRounds } from './lock-rounds.ts';
import type { ProcessMemory } from './memory.ts';
import { StackReader } from './stack-reader.ts';
import { type FrameTable, type NodeBudget, StackTree } from './stack-tree.ts';
import type { WaitKind } from './syscalls/syscalls.ts';
import type { AsyncioTarget, PythonTarget } from './target.ts';
import { type ProcessContext, ThreadActivity } from './thread-activity.ts';
import { type ListedThread, ThreadList } from './thread-list.ts';
import { type ThreadGroup, ThreadSampler } from './thread-sampler.ts';

/** Threads come and go; the list is walked this often. */
const LIST_EVERY_MS = 5;
/** Each thread sampled holds two file handles. */
const MOST_THREADS = 96;
/** More threads than that, over a cell's life, share one group. */
const MOST_GROUPS = 64;

/** What the samplers of all processes of a kernel share. */
export interface SharedState {
  readonly frames: FrameTable;
  readonly budget: NodeBudget;
  readonly waitKinds: ReadonlyMap<number, WaitKind>;
  readonly code: PythonTarget['code'];
  dropped: number;
}

export interface PythonProcessOptions {
  readonly memory: ProcessMemory;
  readonly layout: Layout;
  readonly runtime: number;
  readonly codeType: number;
  /** The thread that runs cells; undefined: a child process, all of whose threads make one group. */
  readonly mainThreadId: number | undefined;
  readonly asyncio: AsyncioTarget | undefined;
  readonly sinceMs: number;
}

export class PythonProcess {
  readonly pid: number;
  private readonly context: ProcessContext;
  private readonly codes: CodeObjects;
  private readonly list: ThreadList;
  private readonly threads = new Map<number, ThreadSampler>();
  private readonly groups_ = new Map<number, ThreadGroup>();
  private listedMs = -Infinity;
  private sampledMs: number;
  private readonly growthWatch: GrowthWatch;
  private readonly rounds = new LockRounds();
  private readonly isUsers: (frame: number) => boolean;
  /** More threads were alive than are sampled. */
  overflowed = false;

  constructor(
    private readonly options: PythonProcessOptions,
    private readonly shared: SharedState,
  ) {
    const { memory, layout } = options;
    this.pid = memory.pid;
    this.sampledMs = options.sinceMs;
    this.codes = new CodeObjects(memory, layout, options.codeType);
    this.list = new ThreadList(memory, layout, options.runtime);
    this.context = {
      memory,
      descriptors: new Descriptors(this.pid),
      waitKinds: shared.waitKinds,
      gil: this.list.gil(),
    };
    const { frames, code } = shared;
    this.isUsers = frame => {
      const file = frames.frames[frame]?.file ?? '';
      if (code.cellPrefixes.some(prefix => file.startsWith(prefix))) return true;
      return file.startsWith('/') && !code.libraryPrefixes.some(prefix => file.startsWith(prefix));
    };
    this.growthWatch = new GrowthWatch(this.pid, this.isUsers);
  }

  /** How far it is known where memory grew. */
  get growth(): GrowthLedger {
    return this.growthWatch.ledger;
  }

  get groups(): readonly ThreadGroup[] {
    return [...this.groups_.values()];
  }

  /** By the places that `groups` has; undefined where the interpreter's lock is not known. */
  get lockRounds(): readonly LockRound[] | undefined {
    return this.context.gil > 0 ? this.rounds.all() : undefined;
  }

  /** The process ended, or runs another program now. */
  get ended(): boolean {
    return this.options.memory.ended;
  }

  /** @returns how many threads' stacks were seen. */
  sample(nowMs: number, mostMs: number): number {
    if (nowMs - this.listedMs >= LIST_EVERY_MS) this.refresh(nowMs);
    let sampled = 0;
    const running: ThreadSampler[] = [];
    for (const [id, thread] of this.threads) {
      const outcome = thread.sample(nowMs, mostMs);
      if (outcome === 'sampled') {
        sampled++;
        const isMain = id === this.options.mainThreadId;
        if (thread.leaf?.onCpu) running[isMain ? 'unshift' : 'push'](thread);
      } else if (outcome === 'torn') {
        this.shared.dropped++;
      } else {
        this.remove(id, thread, nowMs, mostMs);
      }
    }
    this.growthWatch.see(running, this.sampledMs);
    this.seeLocks(Math.min(nowMs - this.sampledMs, mostMs));
    this.sampledMs = nowMs;
    return sampled;
  }

  /** Accounts for the time of threads that are looked at less often. */
  settle(nowMs: number, mostMs: number): void {
    for (const thread of this.threads.values()) thread.settle(nowMs, mostMs);
    this.growth.settle();
  }

  close(): void {
    this.settle(this.sampledMs, Infinity);
    for (const thread of this.threads.values()) thread.close();
    this.threads.clear();
    this.growthWatch.close();
    this.options.memory.close();
  }

  private refresh(nowMs: number): void {
    const listed = this.list.read();
    if (!listed) return;
    this.listedMs = nowMs;
    const alive = new Set<number>();
    for (const thread of listed) {
      const id = this.nativeId(thread, listed.length);
      alive.add(id);
      const known = this.threads.get(id);
      if (known?.threadState === thread.state) continue;
      if (known) this.remove(id, known, nowMs, Infinity);
      this.add(id, thread.state);
    }
    for (const [id, thread] of this.threads) {
      if (!alive.has(id)) this.remove(id, thread, this.sampledMs, Infinity);
    }
  }

  /** A child made by `fork` may keep its parent's number for its only thread. */
  private nativeId(thread: ListedThread, count: number): number {
    if (this.options.mainThreadId !== undefined || count > 1) return thread.nativeId;
    return existsSync(`/proc/${this.pid}/task/${thread.nativeId}`) ? thread.nativeId : this.pid;
  }

  private add(id: number, state: number): void {
    if (id <= 0 || this.threads.size >= MOST_THREADS) {
      this.overflowed ||= id > 0;
      return;
    }
    const { memory, layout, mainThreadId, asyncio } = this.options;
    const isMain = id === mainThreadId;
    const reader = new StackReader(memory, layout, this.codes, state);
    const awaiting =
      isMain && asyncio
        ? new AwaitReader(memory, layout, this.codes, this.shared.frames, asyncio, this.shared.code)
        : undefined;
    const activity = new ThreadActivity(`/proc/${this.pid}/task/${id}`, this.context);
    const group = this.group(id, isMain);
    const { frames } = this.shared;
    this.threads.set(
      id,
      new ThreadSampler(group, reader, activity, frames, awaiting, this.sampledMs),
    );
  }

  private group(id: number, isMain: boolean): ThreadGroup {
    const isChild = this.options.mainThreadId === undefined;
    const crowded = this.groups_.size >= MOST_GROUPS && !isMain;
    const key = isChild || crowded ? 0 : id;
    let group = this.groups_.get(key);
    if (!group) {
      const kind = isChild ? 'process' : isMain ? 'main' : 'thread';
      const place = this.groups_.size;
      group = {
        kind,
        tid: key,
        place,
        tree: new StackTree(this.shared.budget),
        ...(kind === 'main' && { moments: new Moments(this.options.sinceMs) }),
        gilWaitMs: 0,
      };
      this.groups_.set(key, group);
    }
    return group;
  }

  private remove(id: number, thread: ThreadSampler, nowMs: number, mostMs: number): void {
    thread.settle(nowMs, mostMs);
    thread.close();
    this.threads.delete(id);
    this.listedMs = -Infinity;
  }

  private seeLocks(intervalMs: number): void {
    if (this.options.mainThreadId === undefined || this.context.gil === 0) return;
    this.rounds.see(
      this.threads.values(),
      intervalMs,
      group => group.place,
      (group, node) => group.tree.innermost(node, this.isUsers) > 0,
    );
  }
}
