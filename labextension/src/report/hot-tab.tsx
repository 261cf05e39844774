/** Where the run's time went: its hottest lines and functions, whichever cell they ran in. */
import { useMemo } from 'react';
import { formatGrowth, formatMs, formatShare, plain } from '../../../src/render/format.ts';
import { functionName } from '../../../src/render/words.ts';
import type { HotFunction, HotLine, Report } from '../../../src/report/index.ts';
import { DataTable, type Column } from '../views/data-table.tsx';
import { SourceLink } from './cell-link.tsx';
import { ShareBar } from './share-bar.tsx';

const LIMIT = 25;

export function HotTab({ report, isWide }: { report: Report; isWide: boolean }) {
  const lines = useMemo(() => lineColumns(report, isWide), [report, isWide]);
  const functions = useMemo(() => functionColumns(report), [report]);
  return (
    <>
      <DataTable
        caption="Hottest lines"
        showCaption
        columns={lines}
        rows={report.lines}
        rowKey={line => JSON.stringify([line.source, line.cells[0]])}
        limit={LIMIT}
      />
      {report.functions.length > 0 && (
        <DataTable
          caption="Functions, the library calls they made included"
          showCaption
          columns={functions}
          rows={report.functions}
          rowKey={fn => JSON.stringify([fn.name, fn.source, fn.topLevelOfCell])}
          limit={LIMIT}
        />
      )}
    </>
  );
}

const lineColumns = (report: Report, isWide: boolean): Column<HotLine>[] => [
  {
    id: 'line',
    title: 'Line',
    isRowHeader: true,
    render: line => <SourceLink source={line.source} report={report} />,
  },
  {
    id: 'code',
    title: 'Code',
    className: 'jp-PyPerf-codeColumn',
    render: line => <Code text={plain(line.text ?? `in ${line.function}`, 400)} />,
  },
  ...timeColumns<HotLine>(),
  ...(isWide ? [GROWTH] : []),
];

const GROWTH: Column<HotLine> = {
  id: 'growth',
  title: 'Memory growth',
  numeric: true,
  sortBy: line => line.rssGrowthBytes,
  render: line => formatGrowth(line.rssGrowthBytes),
};

const functionColumns = (report: Report): Column<HotFunction>[] => [
  {
    id: 'function',
    title: 'Function',
    isRowHeader: true,
    className: 'jp-PyPerf-codeColumn',
    sortBy: fn => functionName(fn, report),
    render: fn => <Code text={functionName(fn, report)} />,
  },
  {
    id: 'where',
    title: 'Where',
    render: fn => fn.source && <SourceLink source={fn.source} report={report} />,
  },
  ...timeColumns<HotFunction>(),
];

const timeColumns = <
  Row extends { readonly selfMs: number; readonly shareOfRun: number },
>(): Column<Row>[] => [
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    sortBy: row => row.selfMs,
    render: row => formatMs(row.selfMs),
  },
  {
    id: 'share',
    title: 'Share',
    hint: 'Of the run',
    numeric: true,
    className: 'jp-PyPerf-withBar',
    sortBy: row => row.shareOfRun,
    render: row => (
      <>
        {formatShare(row.shareOfRun)}
        <ShareBar share={row.shareOfRun} kind="cpu" />
      </>
    ),
  },
];

/** One line of it; the whole when the pointer rests on it. */
const Code = ({ text }: { text: string }) => <code title={text}>{text}</code>;
