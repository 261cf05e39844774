/**
 * One run of all cells, followed through JupyterLab's own signals. The cells are run by `NotebookActions.runAll`, as by
 * "Run All Cells", so that trust, events and other extensions are as always.
 */
import type { Cell } from '@jupyterlab/cells';
import {
  NotebookActions,
  type KernelError,
  type Notebook,
  type NotebookPanel,
} from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { mayFailIn } from './cells-of.ts';
import type { RunContext, ShownRun } from './context.ts';
import { IDLE_MS, isBusy, isLost } from './kernel-state.ts';
import type { PlannedCell } from './plan.ts';
import {
  outcomeOf,
  progressOf,
  type CellEnd,
  type Outcome,
  type Progress,
  type RunState,
} from './progress.ts';

interface Executed {
  readonly notebook: Notebook;
  readonly cell: Cell;
  readonly success: boolean;
  readonly error?: KernelError | null;
}

export class NotebookRun implements ShownRun {
  /** Emits at each step; time passes without. */
  readonly changed = new Signal<this, void>(this);
  readonly #ended = new Map<string, CellEnd>();
  readonly #mayFail: ReadonlySet<string>;
  /** Null while the kernel starts. */
  #startedAtMs: number | null = null;
  #cellStartedAtMs = 0;
  #cancelled = false;
  #lost = false;
  #onSettled: (() => void) | undefined;

  constructor(
    private readonly context: RunContext,
    readonly panel: NotebookPanel,
    private readonly cells: readonly PlannedCell[],
    private readonly earlierMs: ReadonlyMap<string, number>,
  ) {
    this.#mayFail = mayFailIn(panel);
  }

  get isCancelled(): boolean {
    return this.#cancelled;
  }
  /** Null while the kernel starts. */
  get progress(): Progress | null {
    return this.#startedAtMs === null
      ? null
      : progressOf({ ...this.#state, startedAtMs: this.#startedAtMs }, performance.now());
  }

  /** Interrupts the kernel, which then leaves out what was asked of it. Again when it goes on. */
  cancel(): void {
    this.#cancelled = true;
    void this.panel.sessionContext.session?.kernel?.interrupt().catch(() => undefined);
    this.changed.emit();
  }

  /** Runs all cells and waits for the last. */
  async run(): Promise<Outcome> {
    const { content, sessionContext } = this.panel;
    const { dialogs, translator } = this.context;
    this.#startedAtMs = this.#cellStartedAtMs = performance.now();
    this.changed.emit();
    NotebookActions.executed.connect(this.#onExecuted, this);
    sessionContext.statusChanged.connect(this.#onStatus, this);
    this.panel.disposed.connect(this.#onLost, this);
    try {
      await NotebookActions.runAll(content, sessionContext, dialogs, translator);
      // It is done with the first error; cells that may fail let the others go on behind it.
      await this.#settled();
    } finally {
      NotebookActions.executed.disconnect(this.#onExecuted, this);
      sessionContext.statusChanged.disconnect(this.#onStatus, this);
      this.panel.disposed.disconnect(this.#onLost, this);
    }
    return outcomeOf(this.#state, { cancelled: this.#cancelled, mayFail: this.#mayFail });
  }

  get #state(): Omit<RunState, 'startedAtMs'> {
    return {
      cells: this.cells,
      ended: this.#ended,
      earlierMs: this.earlierMs,
      cellStartedAtMs: this.#cellStartedAtMs,
    };
  }

  #onExecuted(_: unknown, { notebook, cell, success, error }: Executed): void {
    if (notebook !== this.panel.content) return;
    const { id } = cell.model;
    if (!this.cells.some(planned => planned.id === id)) return;
    this.#ended.set(id, success ? 'ok' : error?.errorName ? 'error' : 'aborted');
    this.#cellStartedAtMs = performance.now();
    this.changed.emit();
    if (this.#isOver) this.#onSettled?.();
    // The cell took the interrupt for itself, and the kernel went on with the next.
    else if (this.#cancelled && (success || this.#mayFail.has(id))) this.cancel();
  }

  #onStatus(): void {
    if (isLost(this.panel.sessionContext)) this.#onLost();
  }
  #onLost(): void {
    this.#lost = true;
    this.#onSettled?.();
  }

  /** All have ended, those aside that the user deleted meanwhile. */
  get #isOver(): boolean {
    if (this.#lost || this.panel.isDisposed) return true;
    const present = new Set(this.panel.content.widgets.map(({ model }) => model.id));
    return this.cells.every(({ id }) => this.#ended.has(id) || !present.has(id));
  }

  #settled(): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    const profiles = this.context.pyperf.notebook(this.panel);
    return new Promise(resolve => {
      let idleSinceMs: number | undefined;
      const timer = setInterval(() => {
        const isIdle = !isBusy(this.panel, profiles);
        idleSinceMs = isIdle ? (idleSinceMs ?? performance.now()) : undefined;
        const hasWaited = idleSinceMs !== undefined && performance.now() - idleSinceMs > IDLE_MS;
        if (hasWaited || this.#isOver) this.#onSettled?.();
      }, 500);
      this.#onSettled = () => {
        clearInterval(timer);
        resolve();
      };
    });
  }
}
