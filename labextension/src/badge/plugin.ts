/** Timing badges under cells, always on: loaded when a notebook is there. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import type { BadgeOptions } from './notebook-badges.ts';

export const badgePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:badge',
  description: 'Shows under each cell how long it took.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker],
  activate: (_app, pyperf: IPyPerf, settings: IPyPerfSettings, tracker: INotebookTracker) => {
    const start = (panel: NotebookPanel): void => void watch(panel, pyperf, settings);
    tracker.forEach(start);
    tracker.widgetAdded.connect((_, panel) => start(panel));
  },
};

async function watch(
  panel: NotebookPanel,
  pyperf: IPyPerf,
  settings: IPyPerfSettings,
): Promise<void> {
  await panel.context.ready;
  const { NotebookBadges } = await import('./notebook-badges.ts');
  if (panel.isDisposed) return;
  const wanted = (): BadgeOptions => ({
    ...settings.values.badge,
    hasLiveView: settings.values.live,
  });
  const badges = new NotebookBadges(pyperf.notebook(panel), wanted());
  const follow = (): void => {
    badges.settings = wanted();
  };
  settings.changed.connect(follow);
  panel.disposed.connect(() => {
    settings.changed.disconnect(follow);
    badges.dispose();
  });
}
