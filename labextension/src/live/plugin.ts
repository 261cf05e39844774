/** The live view under the running cell: its code is loaded when a first cell runs for longer than a moment. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';

export const livePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:live',
  description: 'Shows the figures so far under the cell that runs.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker],
  activate: (_app, pyperf: IPyPerf, settings: IPyPerfSettings, tracker: INotebookTracker) => {
    tracker.forEach(panel => watch(panel, pyperf, settings));
    tracker.widgetAdded.connect((_, panel) => watch(panel, pyperf, settings));
  },
};

function watch(panel: NotebookPanel, pyperf: IPyPerf, settings: IPyPerfSettings): void {
  const profiles = pyperf.notebook(panel);
  const load = (): void => {
    if (!profiles.live || !settings.values.live) return;
    profiles.liveChanged.disconnect(load);
    void import('./notebook-live.ts').then(({ NotebookLive }) => {
      if (panel.isDisposed) return;
      const live = new NotebookLive(profiles);
      const follow = (): void => {
        live.isShown = settings.values.live;
      };
      follow();
      settings.changed.connect(follow);
      panel.disposed.connect(() => {
        settings.changed.disconnect(follow);
        live.dispose();
      });
    });
  };
  profiles.liveChanged.connect(load);
  load();
}
