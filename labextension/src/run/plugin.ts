/** The commands. What they do is loaded when the first of them runs. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, ISessionContextDialogs } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { flameIcon } from '../icons.ts';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import type { RunContext } from './context.ts';
import { reportOpener } from './open-report.ts';

export const runPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:run',
  description: 'Profiles notebooks and cells.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker, ISessionContextDialogs],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    pyperf: IPyPerf,
    settings: IPyPerfSettings,
    tracker: INotebookTracker,
    dialogs: ISessionContextDialogs,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const { commands, serviceManager } = app;
    const trans = (translator ?? nullTranslator).load('jupyterlab_pyperf');
    const look = (): void => commands.notifyCommandChanged();
    const runs: RunContext['runs'] = new Map();
    const context: RunContext = {
      pyperf,
      settings,
      dialogs,
      translator: translator ?? nullTranslator,
      trans,
      kernelSpecs: serviceManager.kernelspecs,
      runs,
      look,
      openReport: reportOpener(app),
    };
    const add = (
      id: string,
      options: {
        readonly label: string;
        readonly caption: string;
        readonly isEnabled: (panel: NotebookPanel) => boolean;
        readonly execute: (panel: NotebookPanel) => unknown;
        readonly icon?: typeof flameIcon;
      },
    ): void => {
      commands.addCommand(id, {
        ...options,
        isEnabled: () => tracker.currentWidget !== null && options.isEnabled(tracker.currentWidget),
        execute: () => tracker.currentWidget && options.execute(tracker.currentWidget),
      });
      palette?.addItem({ command: id, category: 'PyPerf' });
    };

    const profile = async (panel: NotebookPanel, cells: readonly Cell[]): Promise<void> => {
      const { profileCells } = await import('./profile-cells.ts');
      await profileCells(context, panel, cells);
    };

    add('pyperf:profile-notebook', {
      label: trans.__('Profile Notebook'),
      caption: trans.__('Profile notebook: restart the kernel and run all cells under PyPerf'),
      icon: flameIcon,
      isEnabled: panel => !runs.has(panel),
      execute: async panel => {
        const { profileNotebook } = await import('./profile-notebook.ts');
        await profileNotebook(context, panel);
      },
    });
    add('pyperf:profile-cell', {
      label: trans.__('Profile Cell'),
      caption: trans.__('Run this cell under PyPerf, without changing it'),
      icon: flameIcon,
      isEnabled: panel => panel.content.activeCell?.model.type === 'code',
      execute: panel => profile(panel, panel.content.activeCell ? [panel.content.activeCell] : []),
    });
    add('pyperf:profile-selected-cells', {
      label: trans.__('Profile Selected Cells'),
      caption: trans.__('Run the selected cells under PyPerf, without changing them'),
      isEnabled: panel => panel.content.activeCell !== null,
      execute: panel => profile(panel, panel.content.selectedCells),
    });
    add('pyperf:cancel', {
      label: trans.__('Cancel Profiling'),
      caption: trans.__('Interrupt the kernel and stop profiling the notebook'),
      isEnabled: panel => runs.has(panel),
      execute: panel => runs.get(panel)?.cancel(),
    });
    tracker.widgetAdded.connect((_, panel) => {
      pyperf.notebook(panel).startedRunChanged.connect((_profiles, run) => {
        if (!run || runs.has(panel)) return;
        void import('./follow-run.ts').then(({ followRun }) => followRun(context, panel, run));
      });
    });
    // What is enabled depends on the notebook and the cell in front.
    tracker.currentChanged.connect(look);
    tracker.activeCellChanged.connect(look);
  },
};
