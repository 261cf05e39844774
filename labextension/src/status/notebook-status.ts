/** Reads from one notebook what the status bar says of it, and tells when that changes. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { plain } from '../../../src/render/format.ts';
import type { INotebookProfiles } from '../model/model.ts';
import { cellsOf } from '../run/cells-of.ts';
import { planCells } from '../run/plan.ts';
import { statusWords, type RunningCell, type StatusWords } from './status-words.ts';

const MAX_NAME_LENGTH = 28;

export class NotebookStatus {
  readonly changed = new Signal<this, void>(this);
  /** The cell that ended last. */
  #last: { readonly endedAtMs: number; readonly wallTimeMs: number } | null = null;
  /** Of the cell that runs, looked up once. */
  #name: { readonly cellId: string; readonly name: string } | null = null;

  constructor(
    readonly panel: NotebookPanel,
    private readonly profiles: INotebookProfiles,
  ) {
    for (const cell of profiles.run()?.cells ?? []) this.#ended(cell);
    profiles.changed.connect(this.#onFigures, this);
    profiles.liveChanged.connect(this.#onChange, this);
    profiles.hookChanged.connect(this.#onChange, this);
  }

  get words(): StatusWords {
    return statusWords({
      hook: this.profiles.hook,
      running: this.#running,
      lastMs: this.#last?.wallTimeMs ?? null,
    });
  }

  get #running(): RunningCell | null {
    const { live } = this.profiles;
    const cell = live?.cells[0];
    if (!live || !cell) return null;
    return {
      name: cell.cellId === null ? '' : this.#nameOf(cell.cellId),
      elapsedMs: cell.wallTimeMs,
      rssBytes: cell.memory.peakMethod === 'unavailable' ? null : cell.memory.endRssBytes,
      limitBytes: live.environment.memoryLimitBytes,
      limitSource: live.environment.memoryLimitSource,
    };
  }

  #nameOf(cellId: string): string {
    if (this.#name?.cellId === cellId) return this.#name.name;
    const found = planCells(cellsOf(this.panel)).find(({ id }) => id === cellId);
    this.#name = { cellId, name: plain(found?.name ?? '', MAX_NAME_LENGTH) };
    return this.#name.name;
  }

  #onFigures(_: unknown, cellId: string): void {
    const cell = this.profiles.cell(cellId)?.cells[0];
    if (cell) this.#ended(cell);
    this.#onChange();
  }
  #ended(cell: { readonly startedAt: string; readonly wallTimeMs: number }): void {
    const endedAtMs = Date.parse(cell.startedAt) + cell.wallTimeMs;
    if (!this.#last || endedAtMs >= this.#last.endedAtMs)
      this.#last = { endedAtMs, wallTimeMs: cell.wallTimeMs };
  }
  #onChange(): void {
    this.changed.emit();
  }

  dispose(): void {
    Signal.clearData(this);
  }
}
