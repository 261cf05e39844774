/** Heat beside the code: the door in every editor, the commands, and the rest with the first notebook. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IPyPerf } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import { door, editorsOf } from './editor-doors.ts';
import { eachNotebook } from './each-notebook.ts';
import { heatIcon } from './icon.ts';

const TOGGLE = 'pyperf:toggle-heat';
const TELL = 'pyperf:tell-line-heat';
const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export const heatPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:heat',
  description: 'Shows which lines of a cell are hot, beside its code.',
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
    eachNotebook(tracker, async () => {
      const { NotebookHeat, followSettings } = await import('./notebook-heat.ts');
      return panel => followSettings(panel, settings, new NotebookHeat(pyperf.notebook(panel)));
    });

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
