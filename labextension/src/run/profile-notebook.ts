/** "Profile notebook": restart, clear, run all under the profiler, open the report. */
import { showErrorMessage } from '@jupyterlab/apputils';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { UUID } from '@lumino/coreutils';
import { cellsOf, durationsOf } from './cells-of.ts';
import type { RunContext } from './context.ts';
import { ensureHook, START_WITHIN_MS } from './ensure-hook.tsx';
import { hookConnected } from './hook-wait.ts';
import { NotebookRun } from './notebook-run.ts';
import { planCells, type PlannedCell } from './plan.ts';
import { showProgress } from './progress-bar.tsx';
import { wishesOf, wishFor } from './wishes.ts';

export async function profileNotebook(context: RunContext, panel: NotebookPanel): Promise<void> {
  const { runs, trans } = context;
  if (runs.get(panel)) return;
  try {
    const hook = await ensureHook(context, panel, 'notebook');
    if (hook.kind === 'refused' || panel.isDisposed || runs.get(panel)) return;
    const profiles = context.pyperf.notebook(panel);
    const cells = planCells(cellsOf(panel));
    const earlierMs = durationsOf(profiles, cells);
    if (hook.kind === 'ready' && !(await restart(context, panel))) return;
    if (panel.isDisposed) return;
    NotebookActions.clearAllOutputs(panel.content);
    await runAll(context, panel, new NotebookRun(context, panel, cells, earlierMs), cells);
  } catch (error) {
    if (!panel.isDisposed)
      await showErrorMessage(trans.__('The notebook was not profiled'), error as Error);
  }
}

async function runAll(
  context: RunContext,
  panel: NotebookPanel,
  run: NotebookRun,
  cells: readonly PlannedCell[],
): Promise<void> {
  const { runs, look, trans } = context;
  const profiles = context.pyperf.notebook(panel);
  const bar = showProgress(context, run);
  runs.set(panel, run);
  look();
  let takeBack: (() => Promise<void>) | undefined;
  try {
    if (!(await hookConnected(profiles, START_WITHIN_MS)))
      throw new Error(trans.__('PyPerf around the kernel does not answer.'));
    if (run.isCancelled) return bar.dispose();
    const wish = { ...wishFor(context, 'all', cells), run: UUID.uuid4() };
    takeBack = await wishesOf(profiles).make(wish);
    const outcome = await run.run();
    if (panel.isDisposed) return;
    bar.end(outcome);
    if (outcome.kind === 'completed') context.openReport(panel, { keep: true });
  } catch (error) {
    bar.dispose();
    throw error;
  } finally {
    await takeBack?.();
    runs.delete(panel);
    look();
  }
}

/** As "Restart Kernel and Run All Cells" does, with its question and its setting not to ask. */
const restart = ({ dialogs }: RunContext, panel: NotebookPanel): Promise<boolean> =>
  dialogs.restart(panel.sessionContext);
