/** In and under cells: the door in every editor, and everything else with the first notebook. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import { door } from './editor-doors.ts';

export const heatPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:heat',
  description: 'Shows heat beside the code, figures under the running cell, and timing badges.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker, IEditorExtensionRegistry],
  optional: [ICommandPalette, ITranslator],
  activate: (
    { commands }: JupyterFrontEnd,
    pyperf: IPyPerf,
    settings: IPyPerfSettings,
    tracker: INotebookTracker,
    editors: IEditorExtensionRegistry,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    editors.addExtension({
      name: 'pyperf:heat',
      factory: ({ model }) => ({
        instance: () => door(model.sharedModel),
        reconfigure: () => null,
      }),
    });
    let isFirst = true;
    const start = (panel: NotebookPanel): void =>
      void import('./cell-views.ts').then(({ addCellViews, addCommands }) => {
        if (isFirst) {
          const trans = (translator ?? nullTranslator).load('jupyterlab_pyperf');
          addCommands(commands, settings, tracker, palette, trans);
          isFirst = false;
        }
        addCellViews(panel, pyperf, settings);
      });
    tracker.forEach(start);
    tracker.widgetAdded.connect((_, panel) => start(panel));
  },
};
