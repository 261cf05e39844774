/** The notebook report: a tab of its own, and a panel at the side that goes with the current notebook. */
import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { flameIcon } from '../icons.ts';
import { IPyPerf } from '../model/model.ts';
import { COMMANDS } from './commands.ts';
import { notebookSource } from './notebook-source.ts';
import type { OpenReports } from './open-reports.ts';
import { ReportPlace } from './report-place.ts';
import type { ReportServices } from './report-services.ts';

const PANEL_ID = 'pyperf-report-panel';
/** Behind the property inspector and the debugger. */
const PANEL_RANK = 500;

export const reportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:report',
  description: 'Shows the report of a notebook, keeps runs and compares them, and exports them.',
  autoStart: true,
  requires: [IPyPerf, INotebookTracker],
  optional: [ILayoutRestorer, ILabShell, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    pyperf: IPyPerf,
    notebooks: INotebookTracker,
    restorer: ILayoutRestorer | null,
    labShell: ILabShell | null,
    palette: ICommandPalette | null,
  ) => {
    const services: ReportServices = {
      contents: app.serviceManager.contents,
      commands: app.commands,
      activate: id => app.shell.activateById(id),
    };
    const panel = addPanel(app, notebooks, pyperf, services);
    restorer?.add(panel, PANEL_ID);
    const tracker = new WidgetTracker<ReportPlace>({ namespace: 'pyperf-report' });
    let loading: Promise<OpenReports> | undefined;
    const reports = (): Promise<OpenReports> =>
      (loading ??= import('./open-reports.ts').then(
        module =>
          new module.OpenReports({ tracker, notebooks, pyperf, services, shell: app.shell }),
      ));
    const showPanel = () => app.shell.activateById(panel.id);

    app.commands.addCommand(COMMANDS.open, {
      label: 'Open PyPerf Report',
      caption: 'Where the time and the memory of the whole notebook went',
      icon: args => (args['isPalette'] ? undefined : flameIcon),
      isEnabled: args => typeof args['path'] === 'string' || notebooks.currentWidget !== null,
      execute: async args => {
        const current = notebooks.currentWidget;
        const path = typeof args['path'] === 'string' ? args['path'] : current?.context.path;
        if (path === undefined) return;
        if (args['keep'] === true) void app.commands.execute(COMMANDS.keepRun, { path });
        // Notebook 7 has one document on a page, and the report beside it.
        if (!labShell) return showPanel();
        (await reports()).open(path, args['activate'] !== false);
      },
    });
    app.commands.addCommand(COMMANDS.showPanel, {
      label: 'Show PyPerf Panel',
      caption: 'The report of the current notebook, at the side',
      execute: showPanel,
    });
    app.commands.addCommand(COMMANDS.keepRun, {
      label: 'Keep This Run',
      caption: 'To compare later runs of the notebook with it',
      isEnabled: () => notebooks.currentWidget !== null,
      execute: async args => {
        const path = args['path'];
        const open = notebooks.find(each => each.context.path === path) ?? notebooks.currentWidget;
        if (!open) return;
        const { keepRun } = await import('./keep-run.ts');
        await keepRun(pyperf.notebook(open), services.contents);
      },
    });
    void restorer?.restore(tracker, {
      command: COMMANDS.open,
      args: ({ path }) => ({ path, activate: false }),
      name: ({ path }) => path,
    });
    for (const command of [COMMANDS.open, COMMANDS.showPanel, COMMANDS.keepRun])
      palette?.addItem({ command, category: 'PyPerf', args: { isPalette: true } });
  },
};

function addPanel(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  pyperf: IPyPerf,
  services: ReportServices,
): ReportPlace {
  const panel = new ReportPlace(services, 'Open a notebook to see its report.');
  panel.id = PANEL_ID;
  panel.title.icon = flameIcon;
  panel.title.caption = 'PyPerf report';
  const follow = () => {
    const current = notebooks.currentWidget;
    if (current === panel.source?.panel) return;
    panel.source = current && notebookSource(current, pyperf);
  };
  notebooks.currentChanged.connect(follow);
  follow();
  app.shell.add(panel, 'right', { rank: PANEL_RANK, type: 'PyPerf' });
  return panel;
}
