/** Runs that were kept: choose two and see what got better. */
import { useMemo, useState } from 'react';
import type { Profile } from '../../../src/profile/index.ts';
import { endOfRun, MAX_RUNS } from '../../../src/profile/kept-runs.ts';
import { plain } from '../../../src/render/format.ts';
import type { Report } from '../../../src/report/index.ts';
import { DataTable } from '../views/data-table.tsx';
import { Problem } from '../views/error-boundary.tsx';
import { ComparisonView } from './comparison-view.tsx';
import type { KeptRuns } from './kept-runs.ts';
import { dateWords, runColumns } from './run-columns.tsx';
import { useKeptRuns, type ListedRun } from './use-kept-runs.ts';

/** The run that the report shows. */
const NOW = 'now';

export interface RunsTabProps {
  readonly report: Report;
  readonly store: KeptRuns;
  readonly onOpen: (path: string) => void;
}

export function RunsTab({ report, store, onOpen }: RunsTabProps) {
  const { runs, problem, read } = useKeptRuns(store);
  const [failure, setFailure] = useState<string | null>(null);
  const endedMs = endOfRun(report.profile).getTime();
  // Of a kept run the seconds are known.
  const isNow = (run: ListedRun) => Math.floor(endedMs / 1000) === run.endedAt.getTime() / 1000;
  const others = runs?.filter(run => !isNow(run)) ?? [];
  const [chosen, setChosen] = useState<{ before: string | null; after: string }>({
    before: null,
    after: NOW,
  });
  const before = chosen.before ?? others[0]?.name ?? NOW;
  const choose = (side: 'before' | 'after', name: string) => {
    const run = runs?.find(r => r.name === name);
    if (run && !run.profile) read(name);
    setChosen({ ...chosen, before, [side]: name });
  };
  const profileOf = (name: string): Profile | null =>
    name === NOW ? report.profile : (runs?.find(run => run.name === name)?.profile ?? null);
  const [from, to] = [profileOf(before), profileOf(chosen.after)];
  const columns = useMemo(() => {
    const remove = (run: ListedRun) =>
      store.drop(run.name).then(
        () => setFailure(null),
        (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
      );
    return runColumns(onOpen, store, run => void remove(run));
  }, [store, onOpen]);

  if (problem) return <Problem sentence={problem} />;
  if (runs === null) return <p role="status">Looking for kept runs…</p>;
  if (runs.length === 0) {
    return (
      <p className="jp-PyPerf-muted">
        No run is kept yet. Profile notebook keeps each run, and so does Keep this run above: in{' '}
        {store.folder}, the newest {MAX_RUNS}.
      </p>
    );
  }
  const options = [{ name: NOW, title: 'This run' }, ...others.map(toOption)];
  return (
    <>
      {failure && <Problem sentence={failure} />}
      <DataTable
        caption={`Kept in ${store.folder}, the newest ${MAX_RUNS}`}
        showCaption
        columns={columns}
        rows={runs}
        rowKey={run => run.name}
      />
      {options.length > 1 && (
        <>
          <div className="jp-PyPerf-toolbar">
            <RunSelect
              label="Before"
              {...{ options }}
              chosen={before}
              onChoose={name => choose('before', name)}
            />
            <RunSelect
              label="After"
              {...{ options }}
              chosen={chosen.after}
              onChoose={name => choose('after', name)}
            />
          </div>
          {from && to && from !== to ? (
            <ComparisonView before={from} after={to} />
          ) : (
            <p className="jp-PyPerf-muted" role="status">
              {from && to ? 'Choose two different runs to compare them.' : 'Reading the run…'}
            </p>
          )}
        </>
      )}
    </>
  );
}

const toOption = ({ name, endedAt, label }: ListedRun) => ({
  name,
  title: label === null ? dateWords(endedAt) : `${plain(label)}, ${dateWords(endedAt)}`,
});

function RunSelect(props: {
  label: string;
  options: readonly { readonly name: string; readonly title: string }[];
  chosen: string;
  onChoose: (name: string) => void;
}) {
  return (
    <label>
      {props.label}{' '}
      <select value={props.chosen} onChange={event => props.onChoose(event.target.value)}>
        {props.options.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
