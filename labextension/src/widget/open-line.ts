/** Goes to a line: in this cell, in the cell with its number, or in a file. */
import { Notification } from '@jupyterlab/apputils';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Cell, Source } from '../../../src/profile/index.ts';
import { formatSource, plain } from '../../../src/render/format.ts';
import { contentsPath } from './file-path.ts';

export interface LinePlace {
  readonly panel: NotebookPanel;
  readonly documents: IDocumentManager | null;
  /** Where the notebook lies on the kernel's machine. */
  readonly notebookFile: string | null;
}

export async function openLine(source: Source, cell: Cell, place: LinePlace): Promise<void> {
  const found =
    'file' in source ? await openFile(source, place) : await openCell(source, cell, place.panel);
  if (!found) {
    const where = 'file' in source ? plain(source.file) : formatSource(source);
    Notification.info(`${where} cannot be opened here.`, { autoClose: 5000 });
  }
}

async function openCell(
  source: Source & { executionCount: number },
  cell: Cell,
  { content }: NotebookPanel,
): Promise<boolean> {
  const isSame = source.executionCount === (cell.executionCount ?? 0);
  const index = content.widgets.findIndex(({ model }) =>
    isSame && cell.cellId !== null
      ? model.id === cell.cellId
      : model.type === 'code' &&
        model.sharedModel.toJSON()['execution_count'] === source.executionCount,
  );
  const widget = content.widgets[index];
  if (!widget) return false;
  content.activeCellIndex = index;
  await content.scrollToItem(index, 'smart');
  await widget.ready;
  if (widget.editor) reveal(widget.editor, source.line);
  content.mode = 'edit';
  return true;
}

async function openFile(
  source: Source & { file: string },
  { panel, documents, notebookFile }: LinePlace,
): Promise<boolean> {
  const path = contentsPath(source.file, notebookFile, panel.context.localPath);
  if (path === null || !documents) return false;
  const opened = documents.openOrReveal(path);
  if (!opened) return false;
  await opened.context.ready;
  const content = opened.content as { editor?: CodeEditor.IEditor };
  if (content.editor) reveal(content.editor, source.line);
  return true;
}

function reveal(editor: CodeEditor.IEditor, line: number): void {
  const at = { line: Math.min(line, editor.lineCount) - 1, column: 0 };
  editor.setCursorPosition(at);
  editor.revealPosition(at);
  editor.focus();
}
