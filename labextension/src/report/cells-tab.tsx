/** Cells ranked by what they cost: one sortable table where there is room, else one cost at a time. */
import { useMemo, useState } from 'react';
import {
  formatBytes,
  formatGrowth,
  formatMs,
  formatShare,
  NOT_MEASURED,
} from '../../../src/render/format.ts';
import { causeWords } from '../../../src/render/words.ts';
import type { Report } from '../../../src/report/index.ts';
import { DataTable, type Column } from '../views/data-table.tsx';
import { cellRows, type CellRow, type Cost } from './cell-costs.ts';
import { CellLink } from './cell-link.tsx';
import { Choice } from './choice.tsx';
import { ShareBar } from './share-bar.tsx';

const LIMIT = 100;

type CostName = 'time' | 'memory' | 'io';
const COSTS = [
  { id: 'time', title: 'Time' },
  { id: 'memory', title: 'Memory' },
  { id: 'io', title: 'I/O' },
] as const;

const NAME: Column<CellRow> = {
  id: 'cell',
  title: 'Cell',
  isRowHeader: true,
  className: 'jp-PyPerf-cellColumn',
  sortBy: row => row.report.cell.index,
  render: row => <CellLink cell={row.report} />,
};

const figure = (
  cost: CostName,
  kind: 'cpu' | 'memory' | 'io',
  format: (value: number) => string,
  title: string,
  hint: string,
): Column<CellRow> => ({
  id: cost,
  title,
  hint,
  numeric: true,
  className: 'jp-PyPerf-withBar',
  sortBy: row => row[cost]?.cost ?? null,
  render: row => <Figure cost={row[cost]} kind={kind} format={format} />,
});

function Figure(props: {
  cost: Cost | null;
  kind: 'cpu' | 'memory' | 'io';
  format: (value: number) => string;
}) {
  const { cost, kind, format } = props;
  if (!cost) return <span className="jp-PyPerf-muted">{NOT_MEASURED}</span>;
  return (
    <>
      {format(cost.cost)}
      <ShareBar share={cost.shareOfDearest} kind={kind} />
    </>
  );
}

const COLUMNS: Readonly<Record<CostName, Column<CellRow>>> = {
  time: figure('time', 'cpu', formatMs, 'Time', 'From start to end of the cell'),
  memory: figure('memory', 'memory', formatBytes, 'Peak memory', 'Of the kernel and its processes'),
  io: figure('io', 'io', formatBytes, 'I/O', 'Read and written, the page cache included'),
};

const shareOf = (cost: CostName): Column<CellRow> => ({
  id: `${cost}Share`,
  title: 'Share',
  hint: cost === 'memory' ? 'Of the highest peak of the run' : 'Of the run',
  numeric: true,
  sortBy: row => row[cost]?.shareOfRun ?? null,
  render: row => {
    const share = row[cost]?.shareOfRun;
    return share === undefined ? '' : formatShare(share);
  },
});

const CAUSE: Column<CellRow> = {
  id: 'cause',
  title: 'Mostly',
  hint: 'What most of the time went to',
  className: 'jp-PyPerf-causeColumn',
  render: ({ report }) => (report.cause ? causeWords(report.cause) : ''),
};

const GROWTH: Column<CellRow> = {
  id: 'growth',
  title: 'Growth',
  hint: 'Memory at the end less memory at the start',
  numeric: true,
  className: 'jp-PyPerf-growthColumn',
  sortBy: ({ report }) => report.memory.value?.growthBytes ?? null,
  render: ({ report }) =>
    report.memory.value ? formatGrowth(report.memory.value.growthBytes) : '',
};

const WIDE = [NAME, COLUMNS.time, shareOf('time'), CAUSE, COLUMNS.memory, GROWTH, COLUMNS.io];

export function CellsTab({ report, isWide }: { report: Report; isWide: boolean }) {
  const rows = useMemo(() => cellRows(report), [report]);
  const [cost, setCost] = useState<CostName>('time');
  const columns = useMemo(
    () => (isWide ? WIDE : [NAME, COLUMNS[cost], shareOf(cost)]),
    [isWide, cost],
  );
  return (
    <>
      {!isWide && <Choice label="Rank cells by" choices={COSTS} chosen={cost} onChoose={setCost} />}
      <DataTable
        key={isWide ? 'wide' : cost}
        caption="Cells"
        columns={columns}
        rows={rows}
        rowKey={row => row.report.cell.index}
        initialOrder={{ column: isWide ? 'time' : cost, descending: true }}
        limit={LIMIT}
      />
    </>
  );
}
