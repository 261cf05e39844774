/** The cells of an open notebook, as `planCells` reads them. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { NotebookCell } from './plan.ts';

export const cellsOf = (panel: NotebookPanel): NotebookCell[] =>
  panel.content.widgets.map(({ model }) => ({
    id: model.id,
    type: model.type,
    source: model.sharedModel.getSource(),
  }));
