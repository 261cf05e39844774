/** What stands in and under the cells of one notebook: heat, the live view and badges, as the settings say. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookBadges } from '../badge/notebook-badges.ts';
import { NotebookLive } from '../live/notebook-live.ts';
import type { IPyPerf } from '../model/model.ts';
import type { IPyPerfSettings } from '../settings/settings.ts';
import { NotebookHeat } from './notebook-heat.ts';

export { addCommands } from './commands.ts';

export function addCellViews(
  panel: NotebookPanel,
  pyperf: IPyPerf,
  settings: IPyPerfSettings,
): void {
  if (panel.isDisposed) return;
  const profiles = pyperf.notebook(panel);
  const parts = [
    new NotebookHeat(profiles),
    new NotebookLive(profiles),
    new NotebookBadges(profiles),
  ];
  const follow = (): void => {
    for (const part of parts) part.apply(settings.values);
  };
  follow();
  settings.changed.connect(follow);
  panel.disposed.connect(() => {
    settings.changed.disconnect(follow);
    for (const part of parts) part.dispose();
  });
}
