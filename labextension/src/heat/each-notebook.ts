/** What a part does for each open notebook is loaded with the first of them, not with JupyterLab. */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

export function eachNotebook(
  tracker: INotebookTracker,
  load: () => Promise<(panel: NotebookPanel) => void>,
): void {
  const start = (panel: NotebookPanel): void =>
    void load().then(watch => {
      if (!panel.isDisposed) watch(panel);
    });
  tracker.forEach(start);
  tracker.widgetAdded.connect((_, panel) => start(panel));
}
