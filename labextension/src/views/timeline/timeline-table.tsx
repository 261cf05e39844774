/** The timeline's figures, for those who would rather read them. */
import { formatMs } from '../../../../src/render/format.ts';
import { DataTable, type Column } from '../data-table.tsx';
import { HOT_LINE } from './timeline-figure.ts';
import type { Track } from './tracks.ts';

export function TimelineTable({
  tracks,
  tMs,
  lineAt,
}: {
  tracks: readonly Track[];
  tMs: readonly number[];
  lineAt: ((tMs: number) => string | undefined) | undefined;
}) {
  const columns: Column<number>[] = [
    {
      id: 'time',
      title: 'Until',
      numeric: true,
      isRowHeader: true,
      render: i => formatMs(tMs[i] ?? 0),
    },
    ...tracks.flatMap(track =>
      track.lines.map(({ name, values, format }): Column<number> => ({
        id: name,
        title: name,
        numeric: true,
        hint: track.shape === 'interval' ? 'The mean of the interval' : 'The greatest in it',
        render: i => format(values[i] ?? 0),
        sortBy: i => values[i] ?? 0,
      })),
    ),
  ];
  if (lineAt)
    columns.push({
      id: 'line',
      title: HOT_LINE,
      hint: 'Where the cell was most of the time just then',
      render: i => lineAt(tMs[i] ?? 0) ?? '',
    });
  return (
    <DataTable caption="Timeline" columns={columns} rows={tMs.map((_, i) => i)} rowKey={i => i} />
  );
}
