/** The live view under the running cell. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { eachNotebook } from '../heat/each-notebook.ts';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';

export const livePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:live',
  description: 'Shows the figures so far under the cell that runs.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker],
  activate: (_app, pyperf: IPyPerf, settings: IPyPerfSettings, tracker: INotebookTracker) =>
    eachNotebook(tracker, async () => {
      const { NotebookLive, followSettings } = await import('./notebook-live.ts');
      return panel => followSettings(panel, settings, new NotebookLive(pyperf.notebook(panel)));
    }),
};
