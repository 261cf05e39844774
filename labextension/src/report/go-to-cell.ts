/** Shows a cell of the notebook, or a line of it. */
import type { NotebookPanel } from '@jupyterlab/notebook';

/** @returns false when the notebook has no such cell any more. */
export async function goToCell(
  panel: NotebookPanel,
  cellId: string,
  line: number | null,
): Promise<boolean> {
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(widget => widget.model.id === cellId);
  const cell = notebook.widgets[index];
  if (!cell) return false;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'smart');
  if (line === null) {
    notebook.mode = 'command';
    notebook.node.focus({ preventScroll: true });
    return true;
  }
  if (cell.inputHidden) cell.inputHidden = false;
  // Windowed notebooks make editors late.
  await cell.ready;
  const { editor } = cell;
  if (!editor) return true;
  const position = { line: Math.min(line, editor.lineCount) - 1, column: 0 };
  notebook.mode = 'edit';
  editor.focus();
  editor.setCursorPosition(position);
  editor.revealPosition(position);
  return true;
}
