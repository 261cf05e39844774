/** What databases were asked: the same shape again and again from one line, and tables read whole. */
import type { Cell, Query, QueryPlan, Source } from '../profile/index.ts';
import { lineKey } from './source-key.ts';

export interface RepeatedStatement {
  readonly source: Source;
  readonly system: string;
  readonly statement: string;
  readonly count: number;
  readonly totalMs: number;
}

/** Statements that write have nothing to be fetched at once by `IN`. */
const READS = /^\s*(select|with)\b/i;
/** Asked for one thing, or for few. */
const BATCHED = /\bin\s*\(\s*[?%:$]\S*\s*,/i;
/** Fewer of one shape are no pattern. */
const MIN_COUNT = 10;
const MIN_COUNT_BY_REQUEST = 5;

/** N+1: one shape of statement, sent from one line for each of many things. Longest first. */
export function findRepeatedStatements(cells: readonly Cell[]): RepeatedStatement[] {
  const found = new Map<string, RepeatedStatement>();
  for (const { queries, requests } of cells)
    for (const { source, system, statement, count, totalMs, route } of queries) {
      if (!source || !READS.test(statement) || BATCHED.test(statement)) continue;
      // Each request may ask once: only what repeats within one is a pattern.
      const served = requests?.find(
        request => request.role === 'server' && request.route === route,
      );
      if (served && count < served.count * MIN_COUNT_BY_REQUEST) continue;
      const key = `${lineKey(source)} ${system} ${statement}`;
      const known = found.get(key);
      found.set(key, {
        source,
        system,
        statement,
        count: count + (known?.count ?? 0),
        totalMs: totalMs + (known?.totalMs ?? 0),
      });
    }
  return [...found.values()]
    .filter(({ count }) => count >= MIN_COUNT)
    .sort((a, b) => b.totalMs - a.totalMs);
}

export interface SavableScan {
  readonly query: Query;
  readonly scan: QueryPlan['scans'][number];
  readonly count: number;
  readonly totalMs: number;
}

/** Tables that a statement reads whole for want of an index, by the database's own plan. Longest first. */
export function findSavableScans(cells: readonly Cell[]): SavableScan[] {
  const found = new Map<string, SavableScan>();
  for (const query of cells.flatMap(cell => cell.queries))
    for (const scan of query.plan?.scans ?? []) {
      if (scan.createIndex === undefined) continue;
      const known = found.get(scan.createIndex);
      found.set(scan.createIndex, {
        query: known && known.query.totalMs >= query.totalMs ? known.query : query,
        scan,
        count: query.count + (known?.count ?? 0),
        totalMs: query.totalMs + (known?.totalMs ?? 0),
      });
    }
  return [...found.values()].sort((a, b) => b.totalMs - a.totalMs);
}
