/** The commands of heat. They come with the first notebook: without one there is nothing that they could show. */
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IPyPerfSettings } from '../settings/settings.ts';
import { editorsOf } from './editor-doors.ts';
import { tellLine } from './editor.ts';
import { heatIcon } from './icon.ts';

const TOGGLE = 'pyperf:toggle-heat';
const TELL = 'pyperf:tell-line-heat';
const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export function addCommands(
  commands: CommandRegistry,
  settings: IPyPerfSettings,
  tracker: INotebookTracker,
  palette: ICommandPalette | null,
  trans: TranslationBundle,
): void {
  commands.addCommand(TOGGLE, {
    label: trans.__('Show Heat Beside the Code'),
    caption: trans.__('Show which lines of profiled cells are hot'),
    icon: heatIcon,
    describedBy: NO_ARGUMENTS,
    isToggleable: true,
    isToggled: () => settings.values.heat,
    execute: () => settings.set('heat', !settings.values.heat),
  });
  // The first notebook's button was there before.
  commands.notifyCommandChanged(TOGGLE);
  settings.changed.connect(() => commands.notifyCommandChanged(TOGGLE));
  commands.addCommand(TELL, {
    label: trans.__('Tell the Heat of the Current Line'),
    caption: trans.__('Open the tooltip of the line with the cursor'),
    describedBy: NO_ARGUMENTS,
    isEnabled: () => tracker.activeCell !== null,
    execute: () => {
      const [view] = editorsOf(tracker.activeCell?.model.sharedModel ?? {});
      if (view) tellLine(view);
    },
  });
  for (const command of [TOGGLE, TELL]) palette?.addItem({ command, category: 'PyPerf' });
}
