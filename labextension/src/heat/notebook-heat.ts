/** The heat of one open notebook: finds it anew when figures change, and tells the editors of the cells that it changed. */
import { NotebookActions } from '@jupyterlab/notebook';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { Cell } from '../../../src/profile/index.ts';
import type { INotebookProfiles } from '../model/model.ts';
import type { Settings } from '../settings/settings.ts';
import { findHeat, isSameHeat, type CellHeat, type MeasuredCell } from './cell-heat.ts';
import { editorsOf, onEditor, putInto, type CellKey } from './editor-doors.ts';
import { heatExtension } from './editor.ts';
import { heatField, setHeat } from './heat-field.ts';
import { addStyles } from '../views/styles.ts';

export class NotebookHeat {
  #isShown = false;
  #isDue = false;
  #isDisposed = false;
  readonly #heat = new Map<CellKey, CellHeat>();
  /** Figures of cells whose outputs were cleared since. */
  readonly #cleared = new WeakSet<Cell>();
  readonly #stopListening: () => void;

  constructor(private readonly profiles: INotebookProfiles) {
    addStyles();
    profiles.changed.connect(this.#update, this);
    profiles.liveChanged.connect(this.#update, this);
    NotebookActions.outputCleared.connect(this.#onCleared, this);
    NotebookActions.executed.connect(this.#update, this);
    this.#stopListening = onEditor(key => {
      if (this.#heat.has(key)) this.#show(key);
    });
  }

  apply({ heat }: Settings): void {
    if (heat === this.#isShown) return;
    this.#isShown = heat;
    this.#update();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopListening();
    this.profiles.changed.disconnect(this.#update, this);
    this.profiles.liveChanged.disconnect(this.#update, this);
    NotebookActions.outputCleared.disconnect(this.#onCleared, this);
    NotebookActions.executed.disconnect(this.#update, this);
  }

  /** "Run all" changes many cells at once: they are counted together, and never for a page that nobody sees. */
  #update(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (!this.#isDisposed) this.#find();
    });
  }

  #find(): void {
    const models = this.#codeCells();
    const found = this.#isShown
      ? findHeat(models.map(model => this.#measured(model)))
      : new Map<string, CellHeat>();
    // Figures go when a cell starts and come again a moment later: the code must not jump to and fro meanwhile.
    const isRunning = this.#isShown && models.some(isBusy);
    for (const model of models) {
      const key = model.sharedModel;
      const shown = this.#heat.get(key);
      const heat =
        found.get(model.id) ?? (isRunning && shown ? { ...shown, lines: [] } : undefined);
      if (isSameHeat(heat, shown)) continue;
      if (heat) this.#heat.set(key, heat);
      else this.#heat.delete(key);
      this.#show(key);
    }
  }

  #show(key: CellKey): void {
    const heat = this.#heat.get(key) ?? null;
    for (const view of editorsOf(key)) {
      const isHot = view.state.field(heatField.extension, false) !== undefined;
      if (heat && !isHot) putInto(view, heatExtension);
      if (heat) view.dispatch({ effects: setHeat.of(heat) });
      else if (isHot) putInto(view, []);
    }
  }

  #codeCells(): ICodeCellModel[] {
    const cells = this.profiles.panel.content.model?.cells ?? [];
    return [...cells].filter((cell): cell is ICodeCellModel => cell.type === 'code');
  }

  #measured(model: ICodeCellModel): MeasuredCell {
    const { id, executionCount } = model;
    const live = this.profiles.live?.cells[0];
    const isLive = live?.cellId === id;
    const profile = (isLive ? live : this.profiles.cell(id)?.cells[0]) ?? null;
    return {
      id,
      source: model.sharedModel.getSource(),
      executionCount,
      profile: profile && this.#cleared.has(profile) ? null : profile,
      isStale: !isLive && this.profiles.isStale(id),
    };
  }

  #onCleared(
    _: unknown,
    { notebook, cell }: { notebook: unknown; cell: { model: { id: string } } },
  ): void {
    if (notebook !== this.profiles.panel.content) return;
    const figures = this.profiles.cell(cell.model.id)?.cells[0];
    if (figures) this.#cleared.add(figures);
    this.#update();
  }
}

const isBusy = ({ executionState }: ICodeCellModel): boolean => executionState === 'running';
