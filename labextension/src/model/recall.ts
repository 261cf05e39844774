/**
 * Fetches from the hook what finished while nobody listened: the tab was closed, the page reloaded, the connection
 * lost. The summary of such a cell never became an output, so it is put under the cell now.
 */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IMimeBundle } from '@jupyterlab/nbformat';
import type { HookLink } from '../hook/hook-link.ts';
import type { FromHook, RecordedRun } from '../hook/messages.ts';
import { MIME_TYPE } from './model.ts';
import type { NotebookProfiles } from './notebook-profiles.ts';
import { startOfSaved } from './saved-figures.ts';

/** Cells fetched at once: their figures take some 30 kB each. */
const BATCH = 8;
/** An output that comes the usual way has come by then. */
const OUTPUT_WITHIN_MS = 2000;

export function recall(link: HookLink, profiles: NotebookProfiles): void {
  const { panel } = profiles;
  let wanted: string[] = [];

  const fetchNext = (): void => {
    const cells = wanted.splice(0, BATCH);
    if (cells.length > 0) link.say({ type: 'recorded', cells });
  };

  const told = (runs: readonly RecordedRun[]): void => {
    const cells = codeCells(profiles);
    wanted = [];
    for (const run of runs) {
      const cell = cells.get(run.cellId);
      if (!cell) continue;
      profiles.ran(run.cellId, [run, ...run.earlier]);
      if (Math.max(startOf(profiles, run.cellId), startOfSaved(cell)) < Date.parse(run.startedAt))
        wanted.push(run.cellId);
      if (run.shown) setTimeout(() => askForOutput(run.cellId), OUTPUT_WITHIN_MS);
    }
    fetchNext();
  };

  /** Whether the summary of the cell's newest run belongs under it and is not there. */
  const isMissing = (cellId: string): ICodeCellModel | undefined => {
    const cell = panel.isDisposed ? undefined : codeCells(profiles).get(cellId);
    // Where others work on the same notebook, each of their pages would put it there.
    if (!cell || panel.model?.collaborative) return undefined;
    if (cell.executionState === 'running' || profiles.isStale(cellId)) return undefined;
    return startOf(profiles, cellId) > startOfSaved(cell) ? cell : undefined;
  };

  const askForOutput = (cellId: string): void => {
    if (isMissing(cellId)) link.say({ type: 'output', cellId });
  };

  const hear = (_: HookLink, said: FromHook): void => {
    switch (said.type) {
      case 'hello':
        return link.say({ type: 'recorded' });
      case 'recorded':
        return told(said.runs);
      case 'figures':
        return fetchNext();
      case 'cell': {
        // A page that was loaded while the cell ran gets none of its outputs.
        const cellId = said.cellId;
        if (said.shown && cellId !== undefined)
          setTimeout(() => askForOutput(cellId), OUTPUT_WITHIN_MS);
        return;
      }
      case 'output': {
        const cell = isMissing(said.cellId);
        if (cell && Date.parse(said.startedAt) === startOf(profiles, said.cellId))
          putUnder(cell, said.data);
        return;
      }
      case 'live':
        return;
    }
  };
  link.heard.connect(hear);
  panel.disposed.connect(() => link.heard.disconnect(hear));
  if (link.state === 'connected') link.say({ type: 'recorded' });
}

/** In place of the summary of an earlier run, else after everything else, where it would have come. */
function putUnder(cell: ICodeCellModel, data: Readonly<Record<string, unknown>>): void {
  const { outputs } = cell;
  const output = { output_type: 'display_data', data: data as IMimeBundle, metadata: {} };
  for (let index = 0; index < outputs.length; index++)
    if (outputs.get(index).data[MIME_TYPE] !== undefined) return outputs.set(index, output);
  outputs.add(output);
}

function codeCells(profiles: NotebookProfiles): ReadonlyMap<string, ICodeCellModel> {
  const cells = [...(profiles.panel.model?.cells ?? [])];
  return new Map(
    cells.flatMap(cell => (cell.type === 'code' ? [[cell.id, cell as ICodeCellModel]] : [])),
  );
}

const startOf = (profiles: NotebookProfiles, cellId: string): number =>
  Date.parse(profiles.cell(cellId)?.cells[0]?.startedAt ?? '') || 0;
