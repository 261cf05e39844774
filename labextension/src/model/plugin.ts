/** Provides `IPyPerf`. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { IPyPerf } from './model.ts';
import { NotebookProfiles } from './notebook-profiles.ts';

export const modelPlugin: JupyterFrontEndPlugin<IPyPerf> = {
  id: 'jupyterlab-pyperf:model',
  description: IPyPerf.description ?? '',
  autoStart: true,
  provides: IPyPerf,
  activate: () => {
    const open = new WeakMap<NotebookPanel, NotebookProfiles>();
    return {
      notebook: panel => {
        let profiles = open.get(panel);
        if (!profiles) {
          profiles = new NotebookProfiles(panel, async made =>
            (await import('./follow.ts')).follow(made),
          );
          open.set(panel, profiles);
        }
        return profiles;
      },
    };
  },
};
