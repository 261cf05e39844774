/**
 * A run of the whole notebook whose page is gone: the tab was closed or loaded anew. The kernel goes on with the cells
 * that it was asked for, and their figures tell how far it is.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { CellStatus } from '../../../src/profile/index.ts';
import type { INotebookProfiles, StartedRun } from '../model/model.ts';
import { durationsOf, mayFailIn } from './cells-of.ts';
import type { ShownRun } from './context.ts';
import { IDLE_MS, isBusy, isGone } from './kernel-state.ts';
import type { PlannedCell } from './plan.ts';
import { outcomeOf, progressOf, type CellEnd, type Outcome, type Progress } from './progress.ts';

const LOOK_MS = 500;

export class FollowedRun implements ShownRun {
  readonly changed = new Signal<this, void>(this);
  readonly #ended = new Map<string, CellEnd>();
  readonly #mayFail: ReadonlySet<string>;
  readonly #earlierMs: ReadonlyMap<string, number>;
  readonly #startedAtMs: number;
  #cellStartedAtMs: number;
  #cancelled = false;

  /** @param cells those of the run that the notebook still has. */
  constructor(
    readonly panel: NotebookPanel,
    private readonly profiles: INotebookProfiles,
    private readonly cells: readonly PlannedCell[],
    private readonly started: StartedRun,
  ) {
    this.#startedAtMs = performance.now() - started.elapsedMs;
    this.#cellStartedAtMs = performance.now();
    this.#mayFail = mayFailIn(panel);
    this.#earlierMs = durationsOf(profiles, cells);
  }

  get isCancelled(): boolean {
    return this.#cancelled;
  }
  get progress(): Progress {
    const state = {
      cells: this.cells,
      ended: this.#ended,
      earlierMs: this.#earlierMs,
      startedAtMs: this.#startedAtMs,
      cellStartedAtMs: this.#cellStartedAtMs,
    };
    return progressOf(state, performance.now());
  }

  /** Interrupts the kernel, which then leaves out what was asked of it. */
  cancel(): void {
    this.#cancelled = true;
    void this.panel.sessionContext.session?.kernel?.interrupt().catch(() => undefined);
    this.changed.emit();
  }

  /** Waits for the last cell, or for a kernel that has nothing to do any more. */
  async end(): Promise<Outcome> {
    const { panel, profiles } = this;
    await new Promise<void>(resolve => {
      let idleSinceMs = performance.now();
      const look = (): void => {
        if (!panel.isDisposed) this.#readFigures();
        if (isBusy(panel, profiles)) idleSinceMs = performance.now();
        const isOver = this.#isOver || performance.now() - idleSinceMs > IDLE_MS;
        if (!isOver && !isGone(panel.sessionContext)) return;
        clearInterval(timer);
        profiles.changed.disconnect(look);
        profiles.liveChanged.disconnect(look);
        resolve();
      };
      // A kernel falls silent without a word.
      const timer = setInterval(look, LOOK_MS);
      profiles.changed.connect(look);
      profiles.liveChanged.connect(look);
      look();
    });
    const state = { cells: this.cells, ended: this.#ended };
    return outcomeOf(state, { cancelled: this.#cancelled, mayFail: this.#mayFail });
  }

  get #isOver(): boolean {
    if (this.panel.isDisposed) return true;
    const present = new Set(this.panel.content.widgets.map(({ model }) => model.id));
    return this.cells.every(({ id }) => this.#ended.has(id) || !present.has(id));
  }

  #readFigures(): void {
    const before = this.#ended.size;
    const sinceMs = Date.parse(this.started.startedAt);
    for (const { id } of this.cells) {
      const figures = this.profiles.cell(id)?.cells[0];
      if (figures && figures.status !== 'running' && Date.parse(figures.startedAt) >= sinceMs)
        this.#ended.set(id, endOf(figures.status));
    }
    const live = this.profiles.live?.cells[0];
    if (live) this.#cellStartedAtMs = performance.now() - live.wallTimeMs;
    else if (this.#ended.size > before) this.#cellStartedAtMs = performance.now();
    if (this.#ended.size === before) return;
    this.changed.emit();
    // The cell took the interrupt for itself, and the kernel went on with the next.
    if (this.#cancelled && !this.#isOver) this.cancel();
  }
}

function endOf(status: CellStatus): CellEnd {
  switch (status) {
    case 'ok':
    case 'running':
      return 'ok';
    case 'error':
    case 'died':
      return 'error';
    case 'aborted':
      return 'aborted';
  }
}
