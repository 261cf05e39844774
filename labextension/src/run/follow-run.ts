/** Shows a run of the whole notebook that goes on without the page that began it, and opens its report in the end. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { StartedRun } from '../model/model.ts';
import { cellsOf } from './cells-of.ts';
import type { RunContext } from './context.ts';
import { FollowedRun } from './followed-run.ts';
import { addStyles } from '../views/styles.ts';
import { planCells } from './plan.ts';
import { showProgress } from './progress-bar.tsx';

export async function followRun(
  context: RunContext,
  panel: NotebookPanel,
  started: StartedRun,
): Promise<void> {
  const { runs, look, pyperf } = context;
  if (panel.isDisposed || runs.has(panel)) return;
  const profiles = pyperf.notebook(panel);
  const ids = new Set(started.cells);
  const cells = planCells(cellsOf(panel)).filter(({ id }) => ids.has(id));
  // Cells of a notebook that was never saved have other ids by now.
  if (cells.length > 0) {
    addStyles();
    const run = new FollowedRun(panel, profiles, cells, started);
    const bar = showProgress(context, run);
    runs.set(panel, run);
    look();
    const outcome = await run.end();
    runs.delete(panel);
    look();
    if (panel.isDisposed) return;
    bar.end(outcome);
    if (outcome.kind === 'completed') context.openReport(panel, { keep: true });
  }
  // Nobody else need follow it. Without a hook there is nobody to tell.
  await profiles.profileNext({ scope: 'magic', cells: [], show: false }).catch(() => undefined);
}
