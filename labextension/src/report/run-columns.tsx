/** The columns of the list of kept runs. */
import { totalRun } from '../../../src/analysis/index.ts';
import type { Profile } from '../../../src/profile/index.ts';
import { formatBytes, formatMeasured, formatMs, plain } from '../../../src/render/format.ts';
import type { Column } from '../views/data-table.tsx';
import type { KeptRuns } from './kept-runs.ts';
import type { ListedRun } from './use-kept-runs.ts';

/** In the user's own time and way of writing it. */
export const dateWords = (date: Date) => date.toLocaleString();

export function runColumns(
  onOpen: (path: string) => void,
  store: KeptRuns,
  onRemove: (run: ListedRun) => void,
): Column<ListedRun>[] {
  const ofRun = (run: ListedRun, words: (profile: Profile) => string) => {
    if (run.profile) return words(run.profile);
    return run.problem ? '' : '…';
  };
  return [
    {
      id: 'date',
      title: 'Run',
      isRowHeader: true,
      sortBy: run => run.endedAt.getTime(),
      render: run => (
        <>
          <button
            type="button"
            className="jp-PyPerf-link"
            title={`Open ${run.name}`}
            onClick={() => onOpen(store.pathOf(run.name))}
          >
            {dateWords(run.endedAt)}
          </button>
          {run.label !== null && <strong> {plain(run.label)}</strong>}
          {run.problem && <span className="jp-PyPerf-cellStatus">{run.problem}</span>}
        </>
      ),
    },
    {
      id: 'time',
      title: 'Time',
      numeric: true,
      sortBy: run => run.profile && totalRun(run.profile.cells).wallTimeMs,
      render: run => ofRun(run, ({ cells }) => formatMs(totalRun(cells).wallTimeMs)),
    },
    {
      id: 'peak',
      title: 'Peak memory',
      numeric: true,
      sortBy: run => run.profile && totalRun(run.profile.cells).peakRssBytes.value,
      render: run =>
        ofRun(run, ({ cells }) => formatMeasured(totalRun(cells).peakRssBytes, formatBytes)),
    },
    {
      id: 'remove',
      title: 'Remove',
      render: run => (
        <button
          type="button"
          className="jp-PyPerf-link"
          aria-label={`Remove the run of ${dateWords(run.endedAt)}`}
          onClick={() => onRemove(run)}
        >
          Remove
        </button>
      ),
    },
  ];
}
