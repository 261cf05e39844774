/**
 * The way from a cell to its editors. The editor extension that JupyterLab asks for is only this small door, through which
 * the rest comes once a cell is hot. A windowed notebook makes editors late: each says so here.
 */
import { Compartment, type Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';

/** The shared model of a cell: ids alone would mix up two copies of one notebook. */
export type CellKey = object;

const slot = new Compartment();
const views = new WeakMap<CellKey, Set<EditorView>>();
const listeners = new Set<(key: CellKey, view: EditorView) => void>();

/** For each editor of a cell. */
export const door = (key: CellKey): Extension => [
  slot.of([]),
  ViewPlugin.define(view => {
    const known = views.get(key) ?? new Set();
    views.set(key, known.add(view));
    // A view must not be changed while it is being made.
    queueMicrotask(() => {
      if (known.has(view)) for (const listener of listeners) listener(key, view);
    });
    return { destroy: () => void known.delete(view) };
  }),
];

export const editorsOf = (key: CellKey): readonly EditorView[] => [...(views.get(key) ?? [])];

export function onEditor(listener: (key: CellKey, view: EditorView) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What stands in the editor's door; nothing in the beginning. */
export function putInto(view: EditorView, extension: Extension): void {
  view.dispatch({ effects: slot.reconfigure(extension) });
}
