/** Timing badges under cells, always on. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { eachNotebook } from '../heat/each-notebook.ts';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';

export const badgePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:badge',
  description: 'Shows under each cell how long it took.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker],
  activate: (_app, pyperf: IPyPerf, settings: IPyPerfSettings, tracker: INotebookTracker) =>
    eachNotebook(tracker, async () => {
      const { NotebookBadges, followSettings } = await import('./notebook-badges.ts');
      return panel => followSettings(panel, settings, new NotebookBadges(pyperf.notebook(panel)));
    }),
};
