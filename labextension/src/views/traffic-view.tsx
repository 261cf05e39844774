/** Databases and HTTP: statements with their plans, requests by route, and what waited for locks. */
import type { Cell, LockWait, Query, Source } from '../../../src/profile/index.ts';
import {
  formatCount,
  formatMs,
  formatRoundShare,
  formatSource,
  plain,
} from '../../../src/render/format.ts';
import { endpointName, loadWords } from '../../../src/render/sections/endpoints.ts';
import type { CellReport, RequestUse } from '../../../src/report/index.ts';
import { DataTable, type Column } from './data-table.tsx';
import type { OpenLine } from './lines/lines-view.tsx';
import { Plan } from './plan.tsx';
import { SourceLink } from './source-link.tsx';

const LIMIT = 20;
const TOP_PLANS = 5;

export const hasTraffic = ({ cell }: CellReport): boolean =>
  cell.queries.length + (cell.requests?.length ?? 0) + (cell.lockWaits?.length ?? 0) > 0;

export function TrafficView(props: { report: CellReport; onOpenLine?: OpenLine | undefined }) {
  const { report, onOpenLine } = props;
  const { cell } = report;
  const onOpen = onOpenLine && ((source: Source) => onOpenLine(source, cell));
  return (
    <>
      {cell.queries.length > 0 && <Queries cell={cell} onOpen={onOpen} />}
      {report.requests.length > 0 && <Requests requests={report.requests} />}
      {cell.lockWaits !== undefined && cell.lockWaits.length > 0 && (
        <LockWaits waits={cell.lockWaits} onOpen={onOpen} />
      )}
    </>
  );
}

type OnOpen = ((source: Source) => void) | undefined;

function Queries({ cell, onOpen }: { cell: Cell; onOpen: OnOpen }) {
  const planned = [...cell.queries]
    .sort((a, b) => b.totalMs - a.totalMs)
    .flatMap(({ statement, plan }) => (plan ? [{ statement, plan }] : []))
    .slice(0, TOP_PLANS);
  return (
    <>
      <DataTable
        caption="Queries"
        showCaption
        columns={queryColumns(onOpen)}
        rows={cell.queries}
        rowKey={query =>
          `${query.system} ${query.statement} ${query.route ?? ''} ${query.source ? formatSource(query.source) : ''}`
        }
        initialOrder={{ column: 'time', descending: true }}
        limit={LIMIT}
      />
      {planned.map(({ statement, plan }, i) => (
        <Plan key={i} statement={statement} plan={plan} />
      ))}
    </>
  );
}

const queryColumns = (onOpen: OnOpen): Column<Query>[] => [
  {
    id: 'statement',
    title: 'Statement',
    isRowHeader: true,
    render: ({ statement }) => <code className="jp-PyPerf-name">{plain(statement, 300)}</code>,
    sortBy: ({ statement }) => statement,
  },
  {
    id: 'system',
    title: 'System',
    render: ({ system }) => plain(system, 40),
    sortBy: ({ system }) => system,
  },
  {
    id: 'from',
    title: 'From',
    render: ({ source, route }) => (
      <>
        {source && <SourceLink source={source} onOpen={onOpen} />}
        {route !== undefined && <span className="jp-PyPerf-muted"> {plain(route, 80)}</span>}
      </>
    ),
  },
  {
    id: 'count',
    title: 'Times',
    numeric: true,
    render: ({ count }) => formatCount(count),
    sortBy: ({ count }) => count,
  },
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    render: ({ totalMs }) => formatMs(totalMs),
    sortBy: ({ totalMs }) => totalMs,
  },
];

/** Of a cell, or of a run. */
export function Requests({ requests }: { requests: readonly RequestUse[] }) {
  const loads = requests.flatMap(request => loadWords(request) ?? []);
  return (
    <>
      <DataTable
        caption="HTTP requests"
        showCaption
        columns={REQUEST_COLUMNS}
        rows={requests}
        rowKey={endpointName}
        initialOrder={{ column: 'time', descending: true }}
        limit={LIMIT}
      />
      {loads.map(load => (
        <p key={load}>{load}</p>
      ))}
    </>
  );
}

const REQUEST_COLUMNS: readonly Column<RequestUse>[] = [
  {
    id: 'route',
    title: 'Route',
    isRowHeader: true,
    render: request => <code className="jp-PyPerf-name">{endpointName(request)}</code>,
    sortBy: ({ route }) => route,
  },
  {
    id: 'mean',
    title: 'Mean time',
    numeric: true,
    render: ({ meanMs }) => formatMs(meanMs),
    sortBy: ({ meanMs }) => meanMs,
  },
  {
    id: 'p95',
    title: 'P95',
    hint: 'All but one in twenty were faster',
    numeric: true,
    render: ({ p95Ms, p95IsBound }) => `${p95IsBound ? '≤ ' : ''}${formatMs(p95Ms)}`,
    sortBy: ({ p95Ms }) => p95Ms,
  },
  {
    id: 'queries',
    title: 'In queries',
    hint: 'The part of the time in database statements',
    numeric: true,
    render: ({ queryShare, queriesEach }) =>
      queryShare === null
        ? ''
        : `${formatRoundShare(queryShare)}${queriesEach ? `, ${formatCount(queriesEach)} each` : ''}`,
    sortBy: ({ queryShare }) => queryShare,
  },
  {
    id: 'count',
    title: 'Times',
    numeric: true,
    render: ({ count }) => formatCount(count),
    sortBy: ({ count }) => count,
  },
  {
    id: 'errors',
    title: 'Failed',
    numeric: true,
    render: ({ errors }) => (errors > 0 ? formatCount(errors) : ''),
    sortBy: ({ errors }) => errors,
  },
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    render: ({ totalMs }) => formatMs(totalMs),
    sortBy: ({ totalMs }) => totalMs,
  },
];

/** @param onOpen goes to a line. */
export const LockWaits = (props: { waits: readonly LockWait[]; onOpen?: OnOpen }) => (
  <DataTable
    caption="Waiting for locks and pools"
    showCaption
    columns={lockColumns(props.onOpen)}
    rows={props.waits}
    rowKey={wait => `${wait.kind} ${formatSource(wait.source)}`}
    initialOrder={{ column: 'waited', descending: true }}
    limit={LIMIT}
  />
);

const lockColumns = (onOpen: OnOpen): Column<LockWait>[] => [
  {
    id: 'at',
    title: 'Waited at',
    isRowHeader: true,
    render: ({ source }) => <SourceLink source={source} onOpen={onOpen} />,
  },
  {
    id: 'kind',
    title: 'For',
    render: ({ kind }) => (kind === 'pool' ? 'a place in a pool' : 'a lock'),
    sortBy: ({ kind }) => kind,
  },
  {
    id: 'held',
    title: 'Held at',
    hint: 'Lines that other threads were on inside the same lock',
    render: ({ heldAt }) =>
      heldAt.map((source, i) => (
        <span key={i}>
          <SourceLink source={source} onOpen={onOpen} />{' '}
        </span>
      )),
  },
  {
    id: 'waiters',
    title: 'Threads',
    hint: 'The most that waited at once',
    numeric: true,
    render: ({ waiters }) => formatCount(waiters),
    sortBy: ({ waiters }) => waiters,
  },
  {
    id: 'waited',
    title: 'Waited',
    hint: 'All threads together',
    numeric: true,
    render: ({ waitMs }) => formatMs(waitMs),
    sortBy: ({ waitMs }) => waitMs,
  },
];
