/** The report of an open notebook. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IPyPerf } from '../model/model.ts';
import type { ReportSource } from './report-source.ts';

export function notebookSource(panel: NotebookPanel, pyperf: IPyPerf): ReportSource {
  const profiles = pyperf.notebook(panel);
  return {
    get path() {
      return panel.context.path;
    },
    profile: () => profiles.run(),
    changed: profiles.changed,
    panel,
    keepsRuns: true,
    get hook() {
      return profiles.hook;
    },
  };
}
