/**
 * What the worker does: measures cells from `start` to `end`, in one thread, with waits that a message cuts short.
 *
 * Clock, waiting and messages come from outside, so that tests can run hours in a moment. Between cells it does
 * nothing at all: `run` returns.
 */
import { CellRun, reasonOf } from './cell-run.ts';
import type { CellKey, FromWorker, ToWorker } from './protocol.ts';
import { ProcessTree } from './process-tree.ts';
import { readProcUnits, type ProcUnits } from './procfs/units.ts';
import { MeanCost, resourceIntervalMs } from './rate.ts';
import type { StackSamplerFactory } from './stacks.ts';
import { unavailableUsage } from './unavailable.ts';

export interface LoopPorts {
  /** Milliseconds, monotonic. */
  now(): number;
  /** The next waiting message; undefined when there is none. */
  receive(): ToWorker | undefined;
  post(message: FromWorker): void;
  /** Returns after that time, or at once when a message came. */
  wait(milliseconds: number): void;
}

export interface LoopOptions {
  readonly samplers: Readonly<Record<string, StackSamplerFactory>>;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly procRoot?: string;
}

/** Two of the usual intervals between looks. */
const LATE_MS = 100;

type Start = Extract<ToWorker, { type: 'start' }>;

export class SamplingLoop {
  private readonly runs = new Map<CellKey, CellRun>();
  /** Cells that cannot be measured, and why. */
  private readonly unmeasured = new Map<CellKey, string>();
  private readonly procRoot: string;
  private readonly resourceCost = new MeanCost();
  private tree: ProcessTree | undefined;
  private units: ProcUnits | undefined;
  private resourcesDueMs = Infinity;
  private stopped = false;

  constructor(
    private readonly ports: LoopPorts,
    private readonly options: LoopOptions,
  ) {
    this.procRoot = options.procRoot ?? '/proc';
  }

  /** Serves waiting messages and measures until no cell runs. @returns false after `stop`. */
  run(): boolean {
    for (;;) {
      for (let message = this.ports.receive(); message; message = this.ports.receive()) {
        this.handle(message);
        if (this.stopped) return false;
      }
      if (this.runs.size === 0) return true;
      this.tick();
      this.waitForNext();
    }
  }

  private handle(message: ToWorker): void {
    try {
      this.dispatch(message);
    } catch (error) {
      // One cell fails, the worker lives: a result that cannot be copied, handles that ran out.
      if (message.type !== 'stop') {
        this.ports.post({ type: 'failed', cell: message.cell, reason: reasonOf(error) });
      }
    }
  }

  private dispatch(message: ToWorker): void {
    switch (message.type) {
      case 'start':
        return this.start(message);
      case 'end':
        return this.answer(message.cell, 'result');
      case 'peek':
        return this.answer(message.cell, 'peeked');
      case 'stop':
        return this.stop();
    }
  }

  private start(message: Start): void {
    const tree = this.openTree(message.pid);
    if (typeof tree === 'string') {
      this.unmeasured.set(message.cell, tree);
      return;
    }
    const alone = this.runs.size === 0;
    this.refresh(true);
    const run = new CellRun(tree, message, this.ports.now(), {
      sampler: message.stacks && this.options.samplers[message.stacks.sampler],
      cores: this.options.cores,
      now: () => this.ports.now(),
      resetPeak: alone && message.resetPeak === true,
    });
    this.runs.get(message.cell)?.close();
    this.runs.set(message.cell, run);
    this.scheduleResources();
  }

  private answer(cell: CellKey, type: 'result' | 'peeked'): void {
    const last = type === 'result';
    const reason = this.unmeasured.get(cell);
    const run = this.runs.get(cell);
    if (reason !== undefined) {
      this.ports.post({ type, cell, usage: unavailableUsage(reason) });
      if (last) this.unmeasured.delete(cell);
      return;
    }
    if (run === undefined) {
      this.ports.post({ type: 'failed', cell, reason: 'This cell was never started.' });
      return;
    }
    try {
      this.refresh(last);
      this.ports.post({ type, cell, ...run.result() });
    } finally {
      // Whatever fails: a cell that ended must not be measured for ever.
      if (last) {
        run.close();
        this.runs.delete(cell);
        if (this.runs.size === 0) this.tree?.rest();
      }
    }
  }

  /** @returns a sentence that says why, where there is no tree. */
  private openTree(pid: number): ProcessTree | string {
    if (this.tree?.pid === pid && (this.tree.rootIsAlive || this.runs.size > 0)) return this.tree;
    if (this.runs.size > 0) return 'Another kernel is being measured.';
    this.tree?.close();
    this.tree = undefined;
    try {
      this.units ??= readProcUnits(this.procRoot);
    } catch {
      return `This system has no ${this.procRoot}: CPU, memory and I/O are not measured.`;
    }
    this.tree = ProcessTree.open(this.procRoot, pid, this.units);
    return this.tree ?? 'The kernel process is gone, or the system hides it.';
  }

  private tick(): void {
    const nowMs = this.ports.now();
    if (nowMs >= this.resourcesDueMs) {
      this.tryRefresh();
      this.scheduleResources();
    }
    const descendants = this.tree?.descendants ?? [];
    for (const run of this.runs.values()) run.sampleIfDue(this.ports.now(), descendants);
  }

  private tryRefresh(): void {
    try {
      this.refresh(false);
    } catch (error) {
      const note = `Reading the processes failed at times: ${reasonOf(error)}.`;
      for (const run of this.runs.values()) run.note(note);
    }
  }

  /** Reads the tree once and lets every cell see it. */
  private refresh(border: boolean): void {
    const tree = this.tree;
    if (tree === undefined) return;
    const beganMs = this.ports.now();
    const late = beganMs > this.resourcesDueMs + LATE_MS;
    tree.refresh(beganMs, border);
    const nowMs = this.ports.now();
    if (!border) this.resourceCost.add(nowMs - beganMs);
    for (const run of this.runs.values()) run.meter.update(nowMs, late);
  }

  private scheduleResources(): void {
    const nowMs = this.ports.now();
    let youngestMs = Infinity;
    for (const run of this.runs.values()) youngestMs = Math.min(youngestMs, nowMs - run.startMs);
    this.resourcesDueMs =
      nowMs + resourceIntervalMs(youngestMs, this.resourceCost.ms, this.options.cores);
  }

  private waitForNext(): void {
    let dueMs = this.resourcesDueMs;
    for (const run of this.runs.values()) dueMs = Math.min(dueMs, run.dueMs);
    const waitMs = dueMs - this.ports.now();
    if (waitMs > 0) this.ports.wait(waitMs);
  }

  private stop(): void {
    for (const run of this.runs.values()) run.close();
    this.runs.clear();
    this.tree?.close();
    this.stopped = true;
  }
}
