/** Two runs side by side: the whole, then cell by cell, one metric at a time. */
import { useMemo, useState } from 'react';
import {
  compareRuns,
  type CellPair,
  type ComparedMetric,
  type MetricChange,
} from '../../../src/analysis/index.ts';
import type { Profile } from '../../../src/profile/index.ts';
import { buildReport, type CellReport } from '../../../src/report/index.ts';
import {
  CHANGE_HEAD,
  changeWords,
  METRIC_TITLES,
  noiseWords,
  verdictOf,
} from '../../../src/render/change-words.ts';
import { findingLists, findingWords } from '../../../src/render/comparison/tables.ts';
import { countOf } from '../../../src/render/format.ts';
import { DataTable, type Column } from '../views/data-table.tsx';
import { CellLink } from './cell-link.tsx';
import { Choice } from './choice.tsx';

const LIMIT = 100;

interface Row {
  readonly key: string;
  readonly cell: CellReport;
  readonly pair: CellPair;
}

export function ComparisonView({ before, after }: { before: Profile; after: Profile }) {
  const { comparison, run, rows, metrics } = useMemo(() => compare(before, after), [before, after]);
  const [metric, setMetric] = useState<ComparedMetric>('wallTimeMs');
  const columns = useMemo(() => cellColumns(metric), [metric]);
  const unpaired = rows.filter(({ pair }) => pair.before === null || pair.after === null).length;
  return (
    <>
      <DataTable
        caption="The whole run"
        showCaption
        columns={RUN_COLUMNS}
        rows={run}
        rowKey={change => change.metric}
      />
      {unpaired > 0 && (
        <p className="jp-PyPerf-muted">
          {countOf(unpaired, 'cell')} ran in one of the two only, so the whole compares different
          work.
        </p>
      )}
      {metrics.length > 1 && (
        <Choice label="Compare cells by" choices={metrics} chosen={metric} onChoose={setMetric} />
      )}
      <DataTable
        caption="Cell by cell"
        showCaption
        columns={columns}
        rows={rows}
        rowKey={row => row.key}
        limit={LIMIT}
      />
      {findingLists(comparison).map(({ title, findings }) => (
        <section key={title}>
          <h4>{title}</h4>
          <ul>
            {findings.map((finding, i) => (
              <li key={i}>{findingWords(finding)}</li>
            ))}
          </ul>
        </section>
      ))}
      <p className="jp-PyPerf-muted">{noiseWords(run)}</p>
    </>
  );
}

function compare(before: Profile, after: Profile) {
  const comparison = compareRuns(before, after);
  const [from, to] = [buildReport(before), buildReport(after)];
  const rows = comparison.cells.flatMap((pair): Row[] => {
    const cell = pair.after === null ? from.cells[pair.before ?? -1] : to.cells[pair.after];
    return cell ? [{ key: `${pair.before} ${pair.after}`, cell, pair }] : [];
  });
  const known = new Set(rows.flatMap(({ pair }) => pair.changes.map(change => change.metric)));
  const metrics = (Object.keys(METRIC_TITLES) as ComparedMetric[])
    .filter(metric => known.has(metric))
    .map(id => ({ id, title: METRIC_TITLES[id] }));
  return { comparison, run: comparison.run, rows, metrics };
}

const [METRIC, BEFORE, AFTER, IMPROVEMENT] = CHANGE_HEAD;

const RUN_COLUMNS: Column<MetricChange>[] = [
  { id: 'metric', title: METRIC, isRowHeader: true, render: change => changeWords(change)[0] },
  { id: 'before', title: BEFORE, numeric: true, render: change => changeWords(change)[1] },
  { id: 'after', title: AFTER, numeric: true, render: change => changeWords(change)[2] },
  {
    id: 'improvement',
    title: IMPROVEMENT,
    numeric: true,
    render: change => <Improvement change={change} />,
  },
];

function cellColumns(metric: ComparedMetric): Column<Row>[] {
  const changeOf = ({ pair }: Row) => pair.changes.find(change => change.metric === metric);
  const words = (row: Row, column: 1 | 2) => {
    const change = changeOf(row);
    return change ? changeWords(change)[column] : '';
  };
  return [
    {
      id: 'cell',
      title: 'Cell',
      isRowHeader: true,
      className: 'jp-PyPerf-cellColumn',
      render: ({ cell, pair }) => (
        <>
          <CellLink cell={cell} />
          <span className="jp-PyPerf-muted">{pairWords(pair)}</span>
        </>
      ),
    },
    {
      id: 'before',
      title: BEFORE,
      numeric: true,
      sortBy: row => changeOf(row)?.before ?? null,
      render: row => words(row, 1),
    },
    {
      id: 'after',
      title: AFTER,
      numeric: true,
      sortBy: row => changeOf(row)?.after ?? null,
      render: row => words(row, 2),
    },
    {
      id: 'improvement',
      title: IMPROVEMENT,
      numeric: true,
      sortBy: row => changeOf(row)?.improvement ?? null,
      render: row => {
        const change = changeOf(row);
        return change && <Improvement change={change} />;
      },
    },
  ];
}

function pairWords({ before, after, edited }: CellPair): string {
  if (before === null) return ' ran only after';
  if (after === null) return ' ran only before';
  return edited ? ' edited' : '';
}

function Improvement({ change }: { change: MetricChange }) {
  const verdict = verdictOf(change);
  const isClear = verdict === 'better' || verdict === 'worse';
  return (
    <span className="jp-PyPerf-verdict" data-verdict={isClear ? verdict : undefined}>
      {changeWords(change)[3]}
    </span>
  );
}
