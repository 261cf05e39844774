/** Containers that grew, by the way to them: where memory stays behind. */
import type { Container } from '../../../src/profile/index.ts';
import { formatCount, formatGrowth, plain } from '../../../src/render/format.ts';
import { DataTable, type Column } from './data-table.tsx';

export const Containers = ({ containers }: { containers: readonly Container[] }) => (
  <DataTable
    caption="Containers that grew"
    showCaption
    columns={COLUMNS}
    rows={containers}
    rowKey={container => container.path}
    initialOrder={{ column: 'growth', descending: true }}
    limit={20}
  />
);

const COLUMNS: readonly Column<Container>[] = [
  {
    id: 'path',
    title: 'Container',
    isRowHeader: true,
    render: ({ path }) => <code className="jp-PyPerf-name">{plain(path, 120)}</code>,
    sortBy: ({ path }) => path,
  },
  { id: 'type', title: 'Type', render: ({ type }) => plain(type, 40), sortBy: ({ type }) => type },
  {
    id: 'items',
    title: 'Items',
    numeric: true,
    render: ({ items }) => formatCount(items),
    sortBy: ({ items }) => items,
  },
  {
    id: 'added',
    title: 'Added',
    numeric: true,
    render: ({ itemsGrowth }) =>
      itemsGrowth < 0 ? `−${formatCount(-itemsGrowth)}` : formatCount(itemsGrowth),
    sortBy: ({ itemsGrowth }) => itemsGrowth,
  },
  {
    id: 'growth',
    title: 'Growth',
    hint: 'Of what was added, estimated from a few items where there are many',
    numeric: true,
    render: ({ growthBytes }) => formatGrowth(growthBytes),
    sortBy: ({ growthBytes }) => growthBytes,
  },
];
