/** Tells what happens to the code cells of a notebook that matters for figures. */
import type { ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { CellList } from '@jupyterlab/notebook';
import type { IOutputModel } from '@jupyterlab/rendermime';
import { Signal } from '@lumino/signaling';

export interface CellEvents {
  /** The notebook was opened with it, or it was added. */
  readonly came: (cell: ICodeCellModel) => void;
  readonly gone: (cellId: string) => void;
  readonly edited: (cell: ICodeCellModel) => void;
  readonly cleared: (cellId: string) => void;
  readonly gotOutput: (cell: ICodeCellModel, output: IOutputModel) => void;
  /** Cells came, went or changed places. */
  readonly reordered: () => void;
}

/** Signals of disposed models and of a disposed notebook end by themselves. */
export function watchCells(cells: CellList, events: CellEvents): void {
  let known = new Map<string, ICodeCellModel>();
  let isDue = false;
  const look = (): void => {
    isDue = false;
    if (cells.isDisposed) return;
    const now = new Map<string, ICodeCellModel>();
    for (const cell of cells) if (isCode(cell)) now.set(cell.id, cell);
    const before = known;
    known = now;
    for (const id of before.keys()) if (!now.has(id)) events.gone(id);
    events.reordered();
    for (const [id, cell] of now) if (before.get(id) !== cell) watchCell(cell, events);
  };
  // A cell that is moved goes and comes: only what is left in the end counts.
  cells.changed.connect(() => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(look);
  });
  look();
}

function watchCell(cell: ICodeCellModel, events: CellEvents): void {
  const { sharedModel, outputs } = cell;
  sharedModel.changed.connect((_, change) => {
    if (change.sourceChange) events.edited(cell);
  });
  outputs.changed.connect((_, change) => {
    if (outputs.length === 0) events.cleared(cell.id);
    else if (change.type === 'add' || change.type === 'set')
      for (const output of change.newValues) events.gotOutput(cell, output);
  });
  cell.sharedModel.disposed.connect(() => Signal.clearData(cell));
  events.came(cell);
}

const isCode = (cell: ICellModel): cell is ICodeCellModel => cell.type === 'code';
