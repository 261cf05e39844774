/** The output of `%pyperf report`: the run in one line, and below it, when it is open, its cells and the chosen one. */
import { useId, useMemo, useState } from 'react';
import {
  countOf,
  formatBytes,
  formatCores,
  formatMeasured,
  formatMs,
  formatShare,
} from '../../../src/render/format.ts';
import { cellName, cellNumber, statusWords } from '../../../src/render/words.ts';
import type { CellReport } from '../../../src/report/index.ts';
import { CellView, type CellViewProps } from '../views/cell-view.tsx';
import { DataTable, type Column } from '../views/data-table.tsx';
import { SizeBar } from '../views/size-bar.tsx';

type RunViewProps = Pick<CellViewProps, 'report' | 'onOpenLine' | 'highlight'>;

export function RunView(props: RunViewProps) {
  const { cells, ranking, run } = props.report;
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(ranking.time[0]?.cell ?? 0);
  const [tab, setTab] = useState('lines');
  const id = useId();
  const columns = useMemo(() => cellColumns(chosen, setChosen), [chosen]);
  const cell = cells[chosen];
  return (
    <section className="jp-PyPerf-inline" aria-label="PyPerf report" data-open={isOpen}>
      <button
        type="button"
        className="jp-PyPerf-summary"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="jp-PyPerf-chevron" aria-hidden="true" />
        <span className="jp-PyPerf-facts">
          <Fact text={countOf(cells.length, 'cell')} />
          <Fact kind="time" text={formatMs(run.wallTimeMs)} />
          <Fact label="CPU" text={formatMeasured(run.cpuCores, formatCores)} />
          <Fact label="memory peak" text={formatMeasured(run.peakRssBytes, formatBytes)} />
        </span>
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <>
            <DataTable
              caption="Cells"
              columns={columns}
              rows={cells.map((each, index) => ({ index, report: each }))}
              rowKey={row => row.index}
              rowClass={row => (row.index === chosen ? 'jp-PyPerf-chosen' : '')}
              initialOrder={{ column: 'time', descending: true }}
              onRow={row => setChosen(row.index)}
              limit={20}
            />
            {cell && <CellView {...props} cell={cell} key={chosen} tab={tab} onTab={setTab} />}
          </>
        )}
      </div>
    </section>
  );
}

function Fact({ label, text, kind }: { label?: string; text: string; kind?: string }) {
  return (
    <span className="jp-PyPerf-fact" data-kind={kind}>
      {label && <span className="jp-PyPerf-muted">{label}</span>}
      <span>{text}</span>
    </span>
  );
}

interface Row {
  readonly index: number;
  readonly report: CellReport;
}

const cellColumns = (chosen: number, choose: (index: number) => void): Column<Row>[] => [
  {
    id: 'cell',
    title: 'Cell',
    isRowHeader: true,
    render: ({ index, report }) => (
      <button
        type="button"
        className="jp-PyPerf-link"
        aria-pressed={index === chosen}
        onClick={() => choose(index)}
      >
        {cellNumber(report)}
      </button>
    ),
    sortBy: ({ index }) => index,
  },
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    render: ({ report }) => formatMs(report.cell.wallTimeMs),
    sortBy: ({ report }) => report.cell.wallTimeMs,
  },
  {
    id: 'share',
    title: 'Share',
    numeric: true,
    render: ({ report }) => formatShare(report.shareOfRun),
    sortBy: ({ report }) => report.shareOfRun,
  },
  {
    id: 'bar',
    title: '',
    className: 'jp-PyPerf-barCell',
    render: ({ report }) => <SizeBar share={report.shareOfRun} kind="time" />,
  },
  {
    id: 'memory',
    title: 'Peak memory',
    numeric: true,
    render: ({ report }) =>
      report.memory.value ? formatBytes(report.memory.value.peakRssBytes) : '',
    sortBy: ({ report }) => report.memory.value?.peakRssBytes ?? null,
  },
  {
    id: 'name',
    title: 'What',
    className: 'jp-PyPerf-codeCell',
    render: ({ report }) => [cellName(report), statusWords(report)].filter(Boolean).join(' – '),
    sortBy: ({ report }) => cellName(report),
  },
];
