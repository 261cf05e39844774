/** The mean response time of each route before and after. */
import type { Cell } from '../profile/index.ts';
import { judge, type Noise } from './noise.ts';
import { findRequestUse, type RequestUse } from './request-use.ts';

export interface RouteChange {
  readonly role: RequestUse['role'];
  readonly method: string;
  readonly route: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly improvement: number | null;
  readonly noise: Noise;
}

/** Routes of both runs, in the order of the earlier one. */
export function compareRequests(before: readonly Cell[], after: readonly Cell[]): RouteChange[] {
  const keyOf = ({ role, method, route }: RequestUse) => JSON.stringify([role, method, route]);
  const later = new Map(findRequestUse(after).map(request => [keyOf(request), request]));
  return findRequestUse(before).flatMap((request): RouteChange[] => {
    const { role, method, route, meanMs: beforeMs } = request;
    const afterMs = later.get(keyOf(request))?.meanMs;
    if (afterMs === undefined) return [];
    return [
      {
        role,
        method,
        route,
        beforeMs,
        afterMs,
        improvement: beforeMs > 0 ? 1 - afterMs / beforeMs : null,
        noise: judge('responseMs', [beforeMs, undefined], [afterMs, undefined], 1),
      },
    ];
  });
}
