/** How well threads and cores were used: who waited for whom. */
import { ms, type Cell, type LockWait } from '../profile/index.ts';
import { distinct } from './io.ts';
import { lineKey } from './source-key.ts';

/** One line over all cells. */
export interface Contention extends LockWait {
  /** Of the cells' wall time, at most: all waiters waited at once. */
  readonly wallMs: number;
}

/** Lines at which threads waited for a lock or for a place in a pool, longest first. */
export function findContention(cells: readonly Cell[]): Contention[] {
  const found = new Map<string, Contention>();
  for (const { lockWaits = [], wallTimeMs } of cells)
    for (const wait of lockWaits) {
      const key = `${wait.kind} ${lineKey(wait.source)}`;
      const known = found.get(key);
      found.set(key, {
        ...wait,
        heldAt: distinct([...(known?.heldAt ?? []), ...wait.heldAt]),
        waitMs: ms(wait.waitMs + (known?.waitMs ?? 0)),
        waiters: Math.max(wait.waiters, known?.waiters ?? 0),
        wallMs: Math.min(wait.waitMs / wait.waiters, wallTimeMs) + (known?.wallMs ?? 0),
      });
    }
  return [...found.values()].sort((a, b) => b.waitMs - a.waitMs);
}
