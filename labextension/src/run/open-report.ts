/** Opens the report of a notebook by its command, so that no part needs the report's code. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';

const OPEN_REPORT = 'pyperf:open-report';

/**
 * The report takes the focus only where the user is at the notebook.
 * @param keep keeps the run, so that later ones can be compared with it.
 */
export type OpenReport = (panel: NotebookPanel, options?: { readonly keep: boolean }) => void;

export const reportOpener =
  (app: JupyterFrontEnd): OpenReport =>
  (panel, { keep } = { keep: false }) => {
    if (!app.commands.hasCommand(OPEN_REPORT)) return;
    const activate = app.shell.currentWidget === panel;
    void app.commands.execute(OPEN_REPORT, { path: panel.context.path, activate, keep });
  };
