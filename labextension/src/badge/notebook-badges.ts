/** The badges of one notebook: which cells have one, and when they are written anew. */
import type { Cell, CodeCell, ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { INotebookProfiles } from '../model/model.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings/settings.ts';
import { Badge } from './badge.ts';
import { badgeWords, runningWords, type BadgeWords } from './badge-words.ts';
import { putUnderInput } from './cell-places.ts';
import { MessageClock } from './message-clock.ts';
import { fromMetadata, fromProfile, isLater, type CellTiming } from './timing.ts';
import { addStyles } from '../views/styles.ts';

/** How often running cells count on, and how often "5 min ago" is looked at. */
const COUNT_MS = 1000;
const AGE_MS = 30_000;

export class NotebookBadges {
  #settings: Settings = DEFAULT_SETTINGS;
  readonly #clock: MessageClock;
  readonly #badges = new Map<Cell, Badge>();
  readonly #known = new WeakSet<ICodeCellModel>();
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #isDue = false;
  #isDisposed = false;

  constructor(private readonly profiles: INotebookProfiles) {
    addStyles();
    this.#clock = new MessageClock(profiles.panel);
    this.#clock.changed.connect(this.#soon, this);
    profiles.changed.connect(this.#soon, this);
    profiles.liveChanged.connect(this.#soon, this);
    void profiles.panel.context.ready.then(() => {
      profiles.panel.content.model?.cells.changed.connect(this.#soon, this);
      this.#soon();
    });
    NotebookActions.outputCleared.connect(this.#onCleared, this);
    this.#timers = [
      setInterval(() => this.#isCounting() && this.#soon(), COUNT_MS),
      setInterval(() => this.#settings.badge.timeFormat === 'relative' && this.#soon(), AGE_MS),
    ];
  }

  apply(settings: Settings): void {
    this.#settings = settings;
    this.#soon();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#clock.dispose();
    this.profiles.changed.disconnect(this.#soon, this);
    this.profiles.liveChanged.disconnect(this.#soon, this);
    this.profiles.panel.content.model?.cells.changed.disconnect(this.#soon, this);
    NotebookActions.outputCleared.disconnect(this.#onCleared, this);
    for (const badge of this.#badges.values()) badge.dispose();
  }

  #isCounting(): boolean {
    return this.profiles.panel.content.widgets.some(({ model }) => this.#clock.running(model.id));
  }

  /** Changes come in swarms; a page that nobody sees waits. */
  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (!this.#isDisposed) this.#writeAll();
    });
  }

  #writeAll(): void {
    const cells = new Set<Cell>(this.profiles.panel.content.widgets);
    for (const [cell, badge] of this.#badges)
      if (!cells.has(cell)) {
        badge.dispose();
        this.#badges.delete(cell);
      }
    const nowMs = Date.now();
    for (const cell of cells) if (cell.model.type === 'code') this.#write(cell as CodeCell, nowMs);
  }

  #write(cell: CodeCell, nowMs: number): void {
    this.#watch(cell.model);
    const words = this.#settings.badge.enabled ? this.#words(cell.model, nowMs) : null;
    const badge = this.#badges.get(cell);
    if (words) (badge ?? this.#make(cell)).write(words);
    else if (badge) {
      badge.dispose();
      this.#badges.delete(cell);
    }
  }

  #words(model: ICodeCellModel, nowMs: number): BadgeWords | null {
    const { id } = model;
    const { minimumMs, timeFormat } = this.#settings.badge;
    const running = this.#clock.running(id);
    if (running) {
      const elapsedMs = nowMs - running.startedMs;
      // The live view, where there is one, tells more.
      const isTold = this.#settings.live && this.profiles.live?.cells[0]?.cellId === id;
      if (isTold || elapsedMs < Math.max(minimumMs, COUNT_MS)) return null;
      return runningWords(elapsedMs, this.profiles.earlierMs(id)[0] ?? this.#clockMs(id)[0]);
    }
    const known = this.#timing(model);
    if (!known || known.timing.durationMs < minimumMs) return null;
    const isStale = this.profiles.isStale(id);
    return badgeWords(known.timing, known.earlierMs, isStale, timeFormat, nowMs);
  }

  #timing(
    model: ICodeCellModel,
  ): { readonly timing: CellTiming; readonly earlierMs: readonly number[] } | null {
    const measured = fromProfile(this.profiles.cell(model.id));
    const [clocked] = this.#clock.ended(model.id);
    if (clocked && (!measured || isLater(clocked, measured)))
      return { timing: clocked, earlierMs: this.#clockMs(model.id).slice(1) };
    const saved = fromMetadata(model.getMetadata('execution'));
    if (saved && (!measured || isLater(saved, measured))) return { timing: saved, earlierMs: [] };
    return measured && { timing: measured, earlierMs: this.profiles.earlierMs(model.id) };
  }

  #clockMs(cellId: string): readonly number[] {
    return this.#clock.ended(cellId).map(({ durationMs }) => durationMs);
  }

  #make(cell: Cell): Badge {
    const badge = new Badge();
    this.#badges.set(cell, badge);
    void putUnderInput(cell, badge);
    return badge;
  }

  /** Its metadata may get timings of JupyterLab's own. */
  #watch(model: ICodeCellModel): void {
    if (this.#known.has(model)) return;
    this.#known.add(model);
    model.metadataChanged.connect((_, { key }) => {
      if (key === 'execution') this.#soon();
    });
  }

  #onCleared(
    _: unknown,
    { notebook, cell }: { readonly notebook: unknown; readonly cell: Cell },
  ): void {
    if (notebook === this.profiles.panel.content) this.#clock.forget(cell.model.id);
  }
}
