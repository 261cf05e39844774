/** Puts small views of ours under a cell: in its layout, so that they go with it, and never in its outputs. */
import type { Cell } from '@jupyterlab/cells';
import type { PanelLayout, Widget } from '@lumino/widgets';

const INPUT_CLASS = 'jp-Cell-inputWrapper';

/** A windowed notebook makes the parts of a cell when it first comes near: until then there is no place. */
export async function putUnderInput(cell: Cell, widget: Widget): Promise<void> {
  await put(cell, widget, widgets => widgets.findIndex(part => part.hasClass(INPUT_CLASS)) + 1);
}

/** Below the outputs: the footer is the last part. */
export async function putUnderOutputs(cell: Cell, widget: Widget): Promise<void> {
  await put(cell, widget, widgets => widgets.length - 1);
}

async function put(
  cell: Cell,
  widget: Widget,
  place: (widgets: readonly Widget[]) => number,
): Promise<void> {
  await cell.ready;
  if (cell.isDisposed || widget.isDisposed) return;
  const layout = cell.layout as PanelLayout;
  layout.insertWidget(Math.max(0, place(layout.widgets)), widget);
}
