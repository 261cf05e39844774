/** What databases were asked over all cells: each statement, and the tables that were read from end to end. */
import { ms, type Cell, type Milliseconds, type Query, type Source } from '../profile/index.ts';

export interface QueryUse {
  readonly system: string;
  readonly statement: string;
  readonly count: number;
  readonly totalMs: Milliseconds;
  readonly sources: readonly Source[];
  /** HTTP routes that were served meanwhile. */
  readonly routes: readonly string[];
  /** The database's own words; null where it was not asked. */
  readonly plan: string | null;
}

/** One statement, however often and from wherever it was sent. Longest first. */
export function findQueryUse(cells: readonly Cell[]): QueryUse[] {
  const uses = new Map<string, QueryUse>();
  for (const query of cells.flatMap(cell => cell.queries)) {
    const key = `${query.system} ${query.statement}`;
    uses.set(key, addQuery(uses.get(key), query));
  }
  return [...uses.values()].sort((a, b) => b.totalMs - a.totalMs);
}

function addQuery(known: QueryUse | undefined, query: Query): QueryUse {
  return {
    system: query.system,
    statement: query.statement,
    count: (known?.count ?? 0) + query.count,
    totalMs: ms((known?.totalMs ?? 0) + query.totalMs),
    sources: [...(known?.sources ?? []), ...(query.source ? [query.source] : [])],
    routes: [...new Set([...(known?.routes ?? []), ...(query.route ? [query.route] : [])])],
    plan: known?.plan ?? query.plan?.text ?? null,
  };
}

export interface MissingIndex {
  readonly table: string;
  readonly columns: readonly string[];
  readonly createIndex: string;
  /** Of the table, where the database knows. */
  readonly rows: number | null;
  /** Of all statements that it would help. */
  readonly totalMs: Milliseconds;
  readonly count: number;
}

/** Indexes that the databases' own plans ask for. The most time first. */
export function findMissingIndexes(cells: readonly Cell[]): MissingIndex[] {
  const found = new Map<string, MissingIndex>();
  for (const query of cells.flatMap(cell => cell.queries))
    for (const { table, columns, rows, createIndex } of query.plan?.scans ?? []) {
      if (createIndex === undefined) continue;
      const known = found.get(createIndex);
      found.set(createIndex, {
        table,
        columns,
        createIndex,
        rows: rows ?? known?.rows ?? null,
        totalMs: ms((known?.totalMs ?? 0) + query.totalMs),
        count: (known?.count ?? 0) + query.count,
      });
    }
  return [...found.values()].sort((a, b) => b.totalMs - a.totalMs);
}
