/** The functions one below the other: what the flame graph shows, for reading, sorting and keys. */
import { ORIGIN_NAMES } from '../../../../src/render/charts/palette.ts';
import { formatMs, formatShare, formatSource, plain } from '../../../../src/render/format.ts';
import type { Source } from '../../../../src/profile/index.ts';
import { DataTable, type Column } from '../data-table.tsx';
import { SourceLink } from '../source-link.tsx';
import type { FunctionRow } from './tree.ts';

export interface FunctionTableProps {
  readonly rows: readonly FunctionRow[];
  readonly totalMs: number;
  readonly onOpen?: ((source: Source) => void) | undefined;
  readonly onZoom: (row: FunctionRow) => void;
}

export function FunctionTable({ rows, totalMs, onOpen, onZoom }: FunctionTableProps) {
  const columns: Column<FunctionRow>[] = [
    {
      id: 'name',
      title: 'Function',
      isRowHeader: true,
      render: row => (
        <button
          type="button"
          className="jp-PyPerf-link"
          title="Show it in the flame graph"
          onClick={() => onZoom(row)}
        >
          <code className="jp-PyPerf-name">{row.name}</code>
        </button>
      ),
      sortBy: row => row.name,
    },
    {
      id: 'self',
      title: 'Itself',
      numeric: true,
      hint: 'While this was the innermost function',
      render: row => formatMs(row.selfMs),
      sortBy: row => row.selfMs,
    },
    {
      id: 'total',
      title: 'With what it called',
      numeric: true,
      render: row => formatMs(row.totalMs),
      sortBy: row => row.totalMs,
    },
    {
      id: 'share',
      title: 'Share',
      numeric: true,
      hint: 'Of all time in the tree, with what it called',
      render: row => formatShare(totalMs > 0 ? Math.min(1, row.totalMs / totalMs) : 0),
      sortBy: row => row.totalMs,
    },
    {
      id: 'wait',
      title: 'Waiting',
      numeric: true,
      hint: 'Of its own time, off the CPU',
      render: row => (row.waitMs > 0 ? formatMs(row.waitMs) : ''),
      sortBy: row => row.waitMs,
    },
    {
      id: 'where',
      title: 'Where',
      render: row =>
        row.source ? <SourceLink source={row.source} onOpen={onOpen} /> : ORIGIN_NAMES[row.origin],
      sortBy: row => (row.source ? formatSource(row.source) : plain(ORIGIN_NAMES[row.origin])),
    },
  ];
  return (
    <DataTable
      caption="Functions"
      columns={columns}
      rows={rows}
      rowKey={row => row.key}
      initialOrder={{ column: 'self', descending: true }}
      limit={100}
    />
  );
}
