/** Keeps a part of one notebook as the settings say, until the notebook is closed. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IPyPerfSettings, Settings } from '../settings/settings.ts';

export function followSettings(
  panel: NotebookPanel,
  settings: IPyPerfSettings,
  part: { apply(settings: Settings): void; dispose(): void },
): void {
  const follow = (): void => part.apply(settings.values);
  follow();
  settings.changed.connect(follow);
  panel.disposed.connect(() => {
    settings.changed.disconnect(follow);
    part.dispose();
  });
}
