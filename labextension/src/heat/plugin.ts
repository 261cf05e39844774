/** Heat beside the code: the door in every editor, the command that switches it, and the rest once a cell is hot. */
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
    tracker.forEach(panel => watch(panel, pyperf, settings));
    tracker.widgetAdded.connect((_, panel) => watch(panel, pyperf, settings));

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

/** Nothing of the view is loaded for a notebook without figures. */
function watch(panel: NotebookPanel, pyperf: IPyPerf, settings: IPyPerfSettings): void {
  const profiles = pyperf.notebook(panel);
  let isLoading = false;
  const load = (): void => {
    if (isLoading || !settings.values.heat) return;
    isLoading = true;
    void import('./notebook-heat.ts').then(({ NotebookHeat }) => {
      stop();
      if (panel.isDisposed) return;
      const heat = new NotebookHeat(profiles);
      const follow = (): void => {
        heat.isShown = settings.values.heat;
      };
      follow();
      settings.changed.connect(follow);
      panel.disposed.connect(() => {
        settings.changed.disconnect(follow);
        heat.dispose();
      });
    });
  };
  const stop = (): void => {
    profiles.changed.disconnect(load);
    profiles.liveChanged.disconnect(load);
    settings.changed.disconnect(load);
  };
  profiles.changed.connect(load);
  profiles.liveChanged.connect(load);
  settings.changed.connect(load);
  panel.disposed.connect(stop);
  if (profiles.run()) load();
}
