/** The report of an open notebook. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { INotebookProfiles, IPyPerf } from '../model/model.ts';
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
    get emptyHint() {
      return hintOf(profiles);
    },
  };
}

function hintOf({ hook }: INotebookProfiles): string {
  switch (hook) {
    case 'connecting':
      return 'No cell of this notebook has figures yet.';
    case 'connected':
      return 'No cell of this notebook has figures yet. Run cells, or press Profile notebook in the toolbar.';
    case 'absent':
      return 'No cell of this notebook has figures yet. Its kernel runs without PyPerf: Profile notebook in the toolbar switches to one that is measured.';
  }
}
