/** What the run held and touched: variables, containers, files, queries, endpoints, locks. */
import {
  formatBytes,
  formatCount,
  formatGrowth,
  formatMs,
  NOT_MEASURED,
  plain,
} from '../../../src/render/format.ts';
import { patternWords, variableWords } from '../../../src/render/memory-words.ts';
import { cellNumber, cellTitle } from '../../../src/render/words.ts';
import type { QueryUse, Report } from '../../../src/report/index.ts';
import type { Variable } from '../../../src/profile/index.ts';
import { Containers } from '../views/containers.tsx';
import { DataTable, type Column } from '../views/data-table.tsx';
import { LockWaits, Requests } from '../views/traffic-view.tsx';
import { Files } from './files-table.tsx';
import { ShareBar } from './share-bar.tsx';

const LIMIT = 50;

export function MemoryTab({ report }: { report: Report }) {
  const { pattern, patternCell, consumers, containers, leakSuspects } = report.memory;
  const cell = patternCell === null ? undefined : report.cells[patternCell];
  const where = cell ? (cellTitle(cell) ?? `cell ${cellNumber(cell)}`) : null;
  const suspects = leakSuspects.map(name => plain(name, 60)).join(', ');
  return (
    <>
      {pattern && (
        <p>
          Memory across the run: {patternWords(pattern, where)}
          {suspects && `; leak suspected: ${suspects}`}.
        </p>
      )}
      {consumers.length > 0 ? (
        <DataTable
          caption="Largest variables at the end"
          showCaption
          columns={variableColumns(consumers[0]?.sizeBytes ?? 0)}
          rows={consumers}
          rowKey={variable => variable.name}
          limit={LIMIT}
        />
      ) : (
        <p className="jp-PyPerf-muted">No variables were measured.</p>
      )}
      {containers.length > 0 && <Containers containers={containers} />}
    </>
  );
}

const variableColumns = (largestBytes: number): Column<Variable>[] => [
  {
    id: 'name',
    title: 'Variable',
    isRowHeader: true,
    sortBy: variable => variable.name,
    render: variable => <code>{plain(variable.name, 80)}</code>,
  },
  { id: 'type', title: 'Type', render: variable => variableWords(variable) },
  {
    id: 'size',
    title: 'Size',
    numeric: true,
    className: 'jp-PyPerf-withBar',
    sortBy: variable => variable.sizeBytes,
    render: variable => (
      <>
        {formatBytes(variable.sizeBytes)}
        <ShareBar share={variable.sizeBytes / largestBytes} kind="memory" />
      </>
    ),
  },
  {
    id: 'growth',
    title: 'Growth',
    hint: 'During the cell that told it last',
    numeric: true,
    sortBy: variable => variable.growthBytes ?? variable.sizeBytes,
    render: ({ growthBytes }) => (growthBytes === undefined ? 'new' : formatGrowth(growthBytes)),
  },
];

export function IoTab({ report }: { report: Report }) {
  const { files, queries, run, requests, lockWaits, missingIndexes } = report;
  return (
    <>
      {run.io.value === null && (
        <p>
          I/O {NOT_MEASURED}. {plain(run.io.reason)}
        </p>
      )}
      {files.length > 0 && <Files files={files} />}
      {queries.length > 0 && (
        <DataTable
          caption="Queries"
          showCaption
          columns={QUERIES}
          rows={queries}
          rowKey={query => `${query.system} ${query.statement}`}
          limit={LIMIT}
        />
      )}
      {missingIndexes.map(({ createIndex, table, totalMs }) => (
        <p key={createIndex}>
          An index would save reading {plain(table, 60)} from end to end ({formatMs(totalMs)}):{' '}
          <code>{plain(createIndex, 300)}</code>
        </p>
      ))}
      {requests.length > 0 && <Requests requests={requests} />}
      {lockWaits.length > 0 && <LockWaits waits={lockWaits} />}
    </>
  );
}

const QUERIES: Column<QueryUse>[] = [
  {
    id: 'statement',
    title: 'Statement',
    isRowHeader: true,
    className: 'jp-PyPerf-codeColumn',
    render: query => <code>{plain(query.statement, 200)}</code>,
  },
  { id: 'system', title: 'System', sortBy: q => q.system, render: q => plain(q.system, 40) },
  {
    id: 'count',
    title: 'Times',
    numeric: true,
    sortBy: query => query.count,
    render: query => formatCount(query.count),
  },
  {
    id: 'time',
    title: 'Time',
    numeric: true,
    sortBy: query => query.totalMs,
    render: query => formatMs(query.totalMs),
  },
];
