/** What a run needs to know of the cells of an open notebook. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { INotebookProfiles } from '../model/model.ts';
import type { NotebookCell, PlannedCell } from './plan.ts';

/** As `planCells` reads them. */
export const cellsOf = (panel: NotebookPanel): NotebookCell[] =>
  panel.content.widgets.map(({ model }) => ({
    id: model.id,
    type: model.type,
    source: model.sharedModel.getSource(),
  }));

/** Ids of cells whose error does not stop a run: those tagged `raises-exception`. */
export const mayFailIn = (panel: NotebookPanel): ReadonlySet<string> =>
  new Set(
    panel.content.widgets
      .filter(({ model }) => {
        const tags: unknown = model.getMetadata('tags');
        return Array.isArray(tags) && tags.includes('raises-exception');
      })
      .map(({ model }) => model.id),
  );

/** How long cells took the last time, where that is known. */
export function durationsOf(
  profiles: INotebookProfiles,
  cells: readonly PlannedCell[],
): Map<string, number> {
  return new Map(
    cells.flatMap(({ id }): [string, number][] => {
      const newest = profiles.cell(id)?.cells[0]?.wallTimeMs ?? profiles.earlierMs(id)[0];
      return newest === undefined ? [] : [[id, newest]];
    }),
  );
}
