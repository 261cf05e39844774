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
  /** Cells whose figures, and whose outputs, are still to be asked for. */
  let figures: string[] = [];
  let outputs: string[] = [];

  const told = (runs: readonly RecordedRun[]): void => {
    figures = [];
    outputs = [];
    const cells = codeCells(profiles);
    for (const run of runs) {
      const cell = cells.get(run.cellId);
      if (!cell) continue;
      profiles.ran(run.cellId, [run, ...run.earlier]);
      if (Math.max(startOf(profiles, run.cellId), startOfSaved(cell)) < Date.parse(run.startedAt))
        figures.push(run.cellId);
      if (run.shown) outputs.push(run.cellId);
    }
    askForFigures();
  };

  const askForFigures = (): void => {
    const cells = figures.splice(0, BATCH);
    if (cells.length > 0) link.say({ type: 'recorded', cells });
    else if (outputs.length > 0) setTimeout(askForOutput, OUTPUT_WITHIN_MS);
  };

  /** One at a time: the hook has better to do than to render them. */
  const askForOutput = (): void => {
    if (panel.isDisposed) return;
    const cells = codeCells(profiles);
    while (outputs.length > 0) {
      const cellId = outputs.shift() ?? '';
      if (!isMissing(profiles, cells.get(cellId))) continue;
      return link.say({ type: 'output', cellId });
    }
  };

  const hear = (_: HookLink, said: FromHook): void => {
    switch (said.type) {
      case 'hello':
        return link.say({ type: 'recorded' });
      case 'recorded':
        return told(said.runs);
      case 'figures':
        return askForFigures();
      case 'cell':
        // A page that was loaded while the cell ran gets none of its outputs.
        if (!said.shown || said.cellId === undefined) return;
        outputs.push(said.cellId);
        setTimeout(askForOutput, OUTPUT_WITHIN_MS);
        return;
      case 'output': {
        const cell = codeCells(profiles).get(said.cellId);
        const isNewest = Date.parse(said.shown?.startedAt ?? '') === startOf(profiles, said.cellId);
        if (said.shown && isNewest && isMissing(profiles, cell)) putUnder(cell, said.shown.data);
        return askForOutput();
      }
      case 'live':
        return;
    }
  };
  link.heard.connect(hear);
  panel.disposed.connect(() => link.heard.disconnect(hear));
  if (link.state === 'connected') link.say({ type: 'recorded' });
}

/** Whether the summary of the cell's newest run belongs under it and is not there. */
function isMissing(
  profiles: NotebookProfiles,
  cell: ICodeCellModel | undefined,
): cell is ICodeCellModel {
  // Where others work on the same notebook, each of their pages would put it there.
  if (!cell || profiles.panel.model?.collaborative) return false;
  if (cell.executionState === 'running' || profiles.isStale(cell.id)) return false;
  return startOf(profiles, cell.id) > startOfSaved(cell);
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
