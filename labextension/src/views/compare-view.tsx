/** A cell beside its run before: what got better, and which lines it came from. */
import {
  compareCells,
  compareLines,
  type LineChange,
  type MetricChange,
} from '../../../src/analysis/index.ts';
import type { Cell } from '../../../src/profile/index.ts';
import { changeWords } from '../../../src/render/change-words.ts';
import { formatChange, formatMs, formatTimestamp } from '../../../src/render/format.ts';
import { DataTable, type Column } from './data-table.tsx';
import { Code } from './lines/code.tsx';

export interface CompareViewProps {
  readonly before: Cell;
  readonly after: Cell;
}

export function CompareView({ before, after }: CompareViewProps) {
  const lines = compareLines(before, after);
  return (
    <>
      <p className="jp-PyPerf-muted">
        Compared with the run of {formatTimestamp(before.startedAt)}
        {before.source === after.source ? ', of the same code' : ', of other code'}.
      </p>
      <DataTable
        caption="Figures before and after"
        columns={METRIC_COLUMNS}
        rows={compareCells(before, after)}
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
    </>
  );
}

/** An arrow and a word: colour says the same once more. */
function Change({ improvement }: { improvement: number | null }) {
  const better = improvement !== null && improvement > 0;
  const same = improvement !== null && Math.abs(improvement) < 0.005;
  return (
    <span className="jp-PyPerf-change" data-change={same ? 'same' : better ? 'better' : 'worse'}>
      {!same && <span aria-hidden="true">{better ? '▾ ' : '▴ '}</span>}
      {formatChange(improvement)}
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
    render: ({ improvement }) => <Change improvement={improvement} />,
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
    render: ({ beforeMs, afterMs }) => (
      <Change improvement={beforeMs > 0 ? 1 - afterMs / beforeMs : null} />
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
