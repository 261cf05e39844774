/** HTTP requests over all cells, served and sent, by route. */
import {
  ms,
  share,
  type Cell,
  type Milliseconds,
  type Request,
  type Share,
} from '../profile/index.ts';

export interface RequestUse {
  readonly role: Request['role'];
  readonly method: string;
  readonly route: string;
  readonly count: number;
  readonly errors: number;
  readonly totalMs: Milliseconds;
  readonly meanMs: Milliseconds;
  readonly p95Ms: Milliseconds;
  /** Of several cells or lines the greatest of theirs: that of all together is no greater. */
  readonly p95IsBound: boolean;
  /** Of the time, what went to database statements; null where nobody counted. */
  readonly queryShare: Share | null;
  readonly queriesEach: number | null;
  /** By how many were under way at once, fewest first. */
  readonly byCallers: readonly { readonly callers: number; readonly meanMs: Milliseconds }[];
}

/** Served ones first, then the most time. */
export const findRequestUse = (cells: readonly Cell[]): RequestUse[] =>
  joinRequests(cells.flatMap(cell => cell.requests ?? []));

/** By route, from whatever line. */
export function joinRequests(requests: readonly Request[]): RequestUse[] {
  const groups = new Map<string, Request[]>();
  for (const request of requests) {
    const key = `${request.role} ${request.method} ${request.route}`;
    const group = groups.get(key);
    if (group) group.push(request);
    else groups.set(key, [request]);
  }
  const rank = ({ role }: RequestUse) => (role === 'server' ? 0 : 1);
  return [...groups.values()]
    .flatMap(group => join(group) ?? [])
    .sort((a, b) => rank(a) - rank(b) || b.totalMs - a.totalMs);
}

function join(group: readonly Request[]): RequestUse | null {
  const [first] = group;
  if (!first) return null;
  const sum = (read: (request: Request) => number) =>
    group.reduce((total, request) => total + read(request), 0);
  const count = sum(request => request.count);
  const totalMs = sum(request => request.totalMs);
  const traced = group.every(request => request.queryMs !== undefined);
  const counted = group.every(request => request.queries !== undefined);
  return {
    role: first.role,
    method: first.method,
    route: first.route,
    count,
    errors: sum(request => request.errors),
    totalMs: ms(totalMs),
    meanMs: ms(totalMs / count),
    p95Ms: ms(Math.max(...group.map(request => request.p95Ms))),
    p95IsBound: group.length > 1,
    queryShare: traced && totalMs > 0 ? share(sum(r => r.queryMs ?? 0) / totalMs) : null,
    queriesEach: counted ? sum(request => request.queries ?? 0) / count : null,
    byCallers: joinCallers(group),
  };
}

function joinCallers(group: readonly Request[]): RequestUse['byCallers'] {
  const sums = new Map<number, { count: number; totalMs: number }>();
  for (const { callers, count, meanMs } of group.flatMap(request => request.byCallers ?? [])) {
    const known = sums.get(callers) ?? { count: 0, totalMs: 0 };
    sums.set(callers, {
      count: known.count + count,
      totalMs: known.totalMs + count * meanMs,
    });
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([callers, { count, totalMs }]) => ({ callers, meanMs: ms(totalMs / count) }));
}
