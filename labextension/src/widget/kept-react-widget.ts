/**
 * A Lumino widget with a tree of React's that lives as long as the widget. JupyterLab's own `ReactWidget` takes its tree
 * down whenever it leaves the page, which windowed notebooks do at every scroll; this one comes back as it was, charts,
 * sorting and scroll positions included, and paints before it is attached.
 */
import { Widget } from '@lumino/widgets';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';

export class KeptReactWidget extends Widget {
  #root: Root | undefined;

  /** The page shows it at the next paint. */
  protected render(element: ReactElement): void {
    if (this.isDisposed) return;
    this.#root ??= createRoot(this.node);
    const root = this.#root;
    flushSync(() => root.render(element));
  }

  override dispose(): void {
    if (this.isDisposed) return;
    const root = this.#root;
    this.#root = undefined;
    super.dispose();
    // Not in the middle of React's own work: a click inside may be what ends us.
    if (root) queueMicrotask(() => root.unmount());
  }
}
