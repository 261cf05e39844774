/** "Profile cell" and "Profile selected cells": they run as they are, with their summaries as outputs. */
import { showErrorMessage } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { cellsOf } from './cells-of.ts';
import type { RunContext } from './context.ts';
import { ensureHook } from './ensure-hook.tsx';
import { planCells } from './plan.ts';
import { wishesOf, wishFor } from './wishes.ts';

export async function profileCells(
  context: RunContext,
  panel: NotebookPanel,
  cells: readonly Cell[],
): Promise<void> {
  const { trans } = context;
  if (cells.length === 0) return;
  try {
    const hook = await ensureHook(context, panel, 'cells');
    if (hook.kind === 'refused' || panel.isDisposed) return;
    if (hook.kind === 'switched' && hook.runAbove) {
      const first = panel.content.widgets.findIndex(widget => cells.includes(widget));
      if (!(await runThem(context, panel, panel.content.widgets.slice(0, first)))) return;
    }
    const ids = new Set(cells.map(({ model }) => model.id));
    const chosen = planCells(cellsOf(panel)).filter(({ id }) => ids.has(id));
    const wishes = wishesOf(context.pyperf.notebook(panel));
    const takeBack = await wishes.make(wishFor(context, 'listed', chosen));
    try {
      await runThem(context, panel, cells);
    } finally {
      await takeBack();
    }
  } catch (error) {
    if (!panel.isDisposed)
      await showErrorMessage(trans.__('The cell was not profiled'), error as Error);
  }
}

const runThem = (
  { dialogs, translator }: RunContext,
  { content, sessionContext }: NotebookPanel,
  cells: readonly Cell[],
): Promise<boolean> =>
  NotebookActions.runCells(content, cells, sessionContext, dialogs, translator);
