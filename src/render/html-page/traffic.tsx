/** @jsxImportSource preact */
/** What a cell asked of databases and by HTTP, what waited for locks, and which containers grew. */
import type { Cell, LockWait, Query } from '../../profile/index.ts';
import type { RequestUse } from '../../report/index.ts';
import { formatBytes, formatCount, formatMs, formatSource, plain } from '../format.ts';
import { endpointDetails, endpointName, loadWords } from '../sections/endpoints.ts';
import { lockWords } from '../sections/concurrency.ts';
import { exampleText } from './findings.tsx';
import { Table } from './parts.tsx';

const TOP = 12;
const TOP_PLANS = 5;

export const Queries = ({ queries }: { queries: readonly Query[] }) => {
  const longest = [...queries].sort((a, b) => b.totalMs - a.totalMs).slice(0, TOP);
  const planned = longest.filter(query => query.plan).slice(0, TOP_PLANS);
  return (
    <>
      <Table
        caption="Queries"
        rows={longest}
        columns={[
          { name: 'Statement', cell: query => <code>{plain(query.statement, 200)}</code> },
          { name: 'System', cell: query => plain(query.system) },
          { name: 'From', cell: query => placeOf(query) },
          { name: 'Times', number: true, cell: query => formatCount(query.count) },
          { name: 'Time', number: true, cell: query => formatMs(query.totalMs) },
        ]}
      />
      {planned.map((query, i) => (
        <Plan key={i} query={query} />
      ))}
    </>
  );
};

const placeOf = ({ source, route }: Query) =>
  [source && formatSource(source), route && plain(route, 80)].filter(Boolean).join(', ');

/** The database's own words, and the indexes that would save it reading whole tables. */
function Plan({ query: { statement, plan } }: { query: Query }) {
  if (!plan) return null;
  const indexes = plan.scans.flatMap(scan => scan.createIndex ?? []);
  return (
    <details>
      <summary>
        Plan of <code>{plain(statement, 80)}</code>
      </summary>
      <pre class="scroll">
        <code>{exampleText(plan.text)}</code>
      </pre>
      {indexes.map(createIndex => (
        <p key={createIndex}>
          An index would save reading the whole table: <code>{plain(createIndex, 300)}</code>
        </p>
      ))}
    </details>
  );
}

export const Requests = ({ requests }: { requests: readonly RequestUse[] }) => (
  <Table
    caption="HTTP requests"
    rows={requests.slice(0, TOP)}
    columns={[
      { name: 'Route', cell: request => <code>{endpointName(request)}</code> },
      { name: 'Mean time', number: true, cell: request => formatMs(request.meanMs) },
      { name: 'Time', number: true, cell: request => formatMs(request.totalMs) },
      { name: 'Details', cell: request => detailsOf(request) },
    ]}
  />
);

const detailsOf = (request: RequestUse) =>
  [...endpointDetails(request), loadWords(request)].filter(Boolean).join('; ');

export const LockWaits = ({ waits }: { waits: readonly LockWait[] }) =>
  waits.length === 0 ? null : (
    <>
      <h4>Waiting for locks</h4>
      <ul>
        {waits.slice(0, TOP).map((wait, i) => (
          <li key={i}>{lockWords(wait)}</li>
        ))}
      </ul>
    </>
  );

export const Containers = ({ containers }: { containers: NonNullable<Cell['containers']> }) => (
  <Table
    caption="Containers that grew"
    rows={containers.slice(0, TOP)}
    columns={[
      { name: 'Container', cell: c => <code>{plain(c.path, 80)}</code> },
      { name: 'Type', cell: c => plain(c.type, 40) },
      { name: 'Items', number: true, cell: c => formatCount(c.items) },
      { name: 'More', number: true, cell: c => formatCount(c.itemsGrowth) },
      { name: 'Growth', number: true, cell: c => formatBytes(c.growthBytes) },
    ]}
  />
);
