/** In and under cells: the door in every editor, the commands of heat, and the rest with the first notebook. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import { door, editorsOf } from './editor-doors.ts';
import { heatIcon } from './icon.ts';

const TOGGLE = 'pyperf:toggle-heat';
const TELL = 'pyperf:tell-line-heat';
const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export const heatPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:heat',
  description: 'Shows heat beside the code, figures under the running cell, and timing badges.',
  autoStart: true,
  requires: [IPyPerf, IPyPerfSettings, INotebookTracker, IEditorExtensionRegistry],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    pyperf: IPyPerf,
    settings: IPyPerfSettings,
    tracker: INotebookTracker,
    editors: IEditorExtensionRegistry,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_pyperf');
    editors.addExtension({
      name: 'pyperf:heat',
      factory: ({ model }) => ({
        instance: () => door(model.sharedModel),
        reconfigure: () => null,
      }),
    });
    const start = (_: unknown, panel: NotebookPanel): void =>
      void import('./cell-views.ts').then(({ addCellViews }) =>
        addCellViews(panel, pyperf, settings),
      );
    tracker.forEach(panel => start(tracker, panel));
    tracker.widgetAdded.connect(start);

    app.commands.addCommand(TOGGLE, {
      label: trans.__('Show Heat Beside the Code'),
      caption: trans.__('Show which lines of profiled cells are hot'),
      icon: heatIcon,
      describedBy: NO_ARGUMENTS,
      isToggleable: true,
      isToggled: () => settings.values.heat,
      execute: () => settings.set('heat', !settings.values.heat),
    });
    settings.changed.connect(() => app.commands.notifyCommandChanged(TOGGLE));
    app.commands.addCommand(TELL, {
      label: trans.__('Tell the Heat of the Current Line'),
      caption: trans.__('Open the tooltip of the line with the cursor'),
      describedBy: NO_ARGUMENTS,
      isEnabled: () => tracker.activeCell !== null,
      execute: async () => {
        const [view] = editorsOf(tracker.activeCell?.model.sharedModel ?? {});
        const { tellLine } = await import('./editor.ts');
        if (view) tellLine(view);
      },
    });
    for (const command of [TOGGLE, TELL]) palette?.addItem({ command, category: 'PyPerf' });
  },
};
