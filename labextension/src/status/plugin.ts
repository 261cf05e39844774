/** The item in JupyterLab's status bar. Its code is loaded when the first notebook is in front. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { IPyPerf } from '../model/model.ts';
import { reportOpener } from '../run/open-report.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import type { StatusItem } from './status-item.tsx';

/** Beside the kernel's own item. */
const RANK = 3;

export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:status',
  description: 'Shows the running cell, its time and its memory in the status bar.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker],
  // Notebook 7 has no status bar.
  optional: [IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    pyperf: IPyPerf,
    settings: IPyPerfSettings,
    tracker: INotebookTracker,
    statusBar: IStatusBar | null,
  ) => {
    if (!statusBar) return;
    const current = () => (settings.values.statusBar ? tracker.currentWidget : null);
    let item: StatusItem | undefined;
    const look = async (): Promise<void> => {
      if (!item && current()) {
        const made = await import('./status-item.tsx');
        item ??= show(new made.StatusItem({ pyperf, openReport: reportOpener(app) }));
      }
      item?.follow(current());
    };
    const show = (made: StatusItem): StatusItem => {
      statusBar.registerStatusItem('jupyterlab-pyperf:status', {
        item: made,
        align: 'left',
        rank: RANK,
        isActive: () => current() !== null,
        activeStateChanged: made.shownChanged,
      });
      return made;
    };
    tracker.currentChanged.connect(() => void look());
    settings.changed.connect(() => void look());
    void look();
  },
};
