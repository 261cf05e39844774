/** A cell beside an earlier run of it: what got better, and which lines it came from. */
import type { CellComparison, LineChange, MetricChange } from '../../../src/report/index.ts';
import {
  changeWords,
  improvementWords,
  lineImprovementWords,
  noiseWords,
  verdictOf,
  type Verdict,
} from '../../../src/render/change-words.ts';
import { formatMs, formatTimestamp, plain } from '../../../src/render/format.ts';
import { DataTable, type Column } from './data-table.tsx';
import { Code } from './lines/code.tsx';

export interface CompareViewProps {
  readonly comparison: CellComparison;
}

export function CompareView({ comparison }: CompareViewProps) {
  const { name, startedAt, sameCode, changes, lines } = comparison;
  return (
    <>
      <p className="jp-PyPerf-muted">
        Compared with {name === null ? 'the run' : `${plain(name, 80)}, a run`} of{' '}
        {formatTimestamp(startedAt)}
        {sameCode ? ', of the same code' : ', of other code'}.
      </p>
      <DataTable
        caption="Figures before and after"
        columns={METRIC_COLUMNS}
        rows={changes}
        rowKey={change => change.metric}
      />
      {lines.length > 0 && (
        <DataTable
          caption="Lines whose time changed"
          showCaption
          columns={LINE_COLUMNS}
          rows={lines}
          rowKey={line => line.key}
          limit={12}
        />
      )}
      <p className="jp-PyPerf-muted">{noiseWords(changes)}</p>
    </>
  );
}

/** An arrow and a word: colour says the same once more. */
function Change({ words, verdict }: { words: string; verdict: Verdict }) {
  const hasArrow = verdict === 'better' || verdict === 'worse';
  return (
    <span className="jp-PyPerf-change" data-change={hasArrow ? verdict : 'same'}>
      {hasArrow && <span aria-hidden="true">{verdict === 'better' ? '▾ ' : '▴ '}</span>}
      {words}
    </span>
  );
}

const METRIC_COLUMNS: readonly Column<MetricChange>[] = [
  {
    id: 'metric',
    title: 'Figure',
    isRowHeader: true,
    render: change => changeWords(change)[0],
  },
  {
    id: 'before',
    title: 'Before',
    numeric: true,
    render: change => changeWords(change)[1],
  },
  {
    id: 'after',
    title: 'Now',
    numeric: true,
    render: change => changeWords(change)[2],
  },
  {
    id: 'change',
    title: 'Change',
    numeric: true,
    render: change => <Change words={improvementWords(change)} verdict={verdictOf(change)} />,
  },
];

const LINE_COLUMNS: readonly Column<LineChange>[] = [
  {
    id: 'before',
    title: 'Before',
    numeric: true,
    render: ({ beforeMs }) => formatMs(beforeMs),
    sortBy: ({ beforeMs }) => beforeMs,
  },
  {
    id: 'after',
    title: 'Now',
    numeric: true,
    render: ({ afterMs }) => formatMs(afterMs),
    sortBy: ({ afterMs }) => afterMs,
  },
  {
    id: 'change',
    title: 'Change',
    numeric: true,
    render: line => (
      <Change
        words={lineImprovementWords(line)}
        verdict={line.afterMs < line.beforeMs ? 'better' : 'worse'}
      />
    ),
    sortBy: ({ beforeMs, afterMs }) => Math.abs(afterMs - beforeMs),
  },
  {
    id: 'code',
    title: 'Code',
    className: 'jp-PyPerf-codeCell',
    render: ({ text }) => <Code text={text} />,
  },
];
