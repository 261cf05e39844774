/** Keeps the live view under the cell of a notebook that runs, while one does. */
import type { Cell as CellWidget } from '@jupyterlab/cells';
import type { Cell } from '../../../src/profile/index.ts';
import { putUnderOutputs } from '../badge/cell-places.ts';
import type { INotebookProfiles } from '../model/model.ts';
import type { Settings } from '../settings/settings.ts';
import { liveFigures } from './live-figures.ts';
import { LiveView } from './live-view.ts';
import { addStyles } from '../views/styles.ts';

/** A cell that is over sooner would only make the page jump. */
const SHORTEST_MS = 700;
/** Between two looks only the clock moves on. */
const TICK_MS = 500;

export class NotebookLive {
  #isShown = false;
  #view: LiveView | null = null;
  #cell: CellWidget | null = null;
  #look: { readonly cell: Cell; readonly atMs: number } | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly profiles: INotebookProfiles) {
    addStyles();
    profiles.liveChanged.connect(this.#update, this);
  }

  apply({ live }: Settings): void {
    this.#isShown = live;
    this.#update();
  }

  dispose(): void {
    this.profiles.liveChanged.disconnect(this.#update, this);
    this.#remove();
  }

  #update(): void {
    const now = this.profiles.live?.cells[0];
    const widget = now && this.profiles.panel.content.widgets.find(w => w.model.id === now.cellId);
    if (!this.#isShown || !now || !widget || now.wallTimeMs < SHORTEST_MS) return this.#remove();
    // A page that nobody sees is not painted; the next look finds it up to date again.
    if (document.hidden) return;
    if (widget !== this.#cell || !this.#view) this.#place(widget);
    const figures = liveFigures(now, this.#look?.cell ?? null, this.#previousMs(widget.model.id));
    this.#look = { cell: now, atMs: performance.now() };
    if (this.#view) this.#view.figures = figures;
  }

  #place(widget: CellWidget): void {
    this.#remove();
    this.#cell = widget;
    this.#view = new LiveView();
    void putUnderOutputs(widget, this.#view);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    if (!this.#look || !this.#view || document.hidden) return;
    this.#view.elapsedMs = this.#look.cell.wallTimeMs + performance.now() - this.#look.atMs;
  }

  #previousMs(cellId: string): number | null {
    const newest = this.profiles.cell(cellId)?.cells[0];
    return newest?.wallTimeMs ?? this.profiles.earlierMs(cellId)[0] ?? null;
  }

  #remove(): void {
    clearInterval(this.#timer);
    this.#view?.dispose();
    this.#view = null;
    this.#cell = null;
    this.#look = null;
  }
}
