/** The code with what each line took. */
import { useEffect, useMemo, useState } from 'react';
import type { Cell, Source } from '../../../../src/profile/index.ts';
import { formatMeasured } from '../../../../src/render/format.ts';
import type { CellReport } from '../../../../src/report/index.ts';
import { DataTable } from '../data-table.tsx';
import { hasWaiting, lineColumns } from './line-columns.tsx';
import { heatOf, ownRows, rowsElsewhere, timeParts, type LineRow } from './line-rows.ts';
import { CauseLegend } from './time-bar.tsx';
import type { Highlight, Token } from './tokens.ts';

/** `cell` is the one in whose report the line stands. */
export type OpenLine = (source: Source, cell: Cell) => void;

export interface LinesViewProps {
  readonly report: CellReport;
  readonly language: string;
  readonly onOpenLine?: OpenLine | undefined;
  readonly highlight?: Highlight | undefined;
}

export function LinesView({ report, language, onOpenLine, highlight }: LinesViewProps) {
  const { cell } = report;
  const own = useMemo(() => ownRows(report), [report]);
  const elsewhere = useMemo(() => rowsElsewhere(report), [report]);
  const ownTokens = useTokens(own, language, highlight);
  const all = useMemo(() => [...own, ...elsewhere], [own, elsewhere]);
  const columns = useMemo(() => {
    const wholeMs = Math.max(0, ...all.map(({ line }) => line?.selfMs ?? 0));
    const shared = {
      wholeMs,
      hasWaits: hasWaiting(all),
      hasTraced: all.some(({ line }) => line?.tracedBytes !== undefined),
      onOpen: onOpenLine && ((row: LineRow) => onOpenLine(row.source, cell)),
    };
    return {
      own: lineColumns({ ...shared, tokens: ownTokens }),
      elsewhere: lineColumns(shared),
    };
  }, [all, ownTokens, onOpenLine, cell]);
  const causes = useMemo(
    () => [
      ...new Set(all.flatMap(({ line }) => (line ? timeParts(line).map(part => part.cause) : []))),
    ],
    [all],
  );
  const table = {
    rowKey: (row: LineRow) => row.key,
    rowClass: ({ line }: LineRow) => `jp-PyPerf-heat${heatOf(line?.share ?? 0)}`,
    ...(onOpenLine && { onRow: (row: LineRow) => onOpenLine(row.source, cell) }),
  };
  if (!report.hasStacks && all.every(({ line }) => line === null)) {
    const reason = cell.sampling.note ?? '';
    return (
      <p className="jp-PyPerf-muted">Lines: {formatMeasured({ value: null, reason }, String)}</p>
    );
  }
  return (
    <>
      <DataTable {...table} caption="Lines of this cell" columns={columns.own} rows={own} />
      {elsewhere.length > 0 && (
        <DataTable
          {...table}
          caption="Lines elsewhere: other cells and files"
          showCaption
          columns={columns.elsewhere}
          rows={elsewhere}
          limit={12}
        />
      )}
      {causes.length > 1 && <CauseLegend causes={causes} />}
    </>
  );
}

/** By the keys of the rows; none until the highlighter has come. */
function useTokens(
  rows: readonly LineRow[],
  language: string,
  highlight: Highlight | undefined,
): ReadonlyMap<string, readonly Token[]> | undefined {
  const [tokens, setTokens] = useState<ReadonlyMap<string, readonly Token[]>>();
  useEffect(() => {
    if (!highlight) return undefined;
    let gone = false;
    void highlight(rows.map(row => row.text).join('\n'), language).then(lines => {
      if (!gone) setTokens(new Map(rows.map((row, i) => [row.key, lines[i] ?? []])));
    });
    return () => {
      gone = true;
    };
  }, [rows, language, highlight]);
  return tokens;
}
