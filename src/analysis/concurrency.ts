/** How well threads and cores were used: who waited for whom. */
import type { Cell, LockWait, Source } from '../profile/index.ts';
import { distinct } from './io.ts';
import { lineKey } from './source-key.ts';

export interface Contention {
  readonly kind: LockWait['kind'];
  readonly source: Source;
  readonly heldAt: readonly Source[];
  /** Summed over threads. */
  readonly waitMs: number;
  readonly waiters: number;
  /** Of the cells' wall time, at most: all waiters waited at once. */
  readonly wallMs: number;
}

/** Lines at which threads waited for a lock or for a place in a pool, longest first. */
export function findContention(cells: readonly Cell[]): Contention[] {
  const found = new Map<string, Contention>();
  for (const { lockWaits = [], wallTimeMs } of cells)
    for (const { kind, source, heldAt, waitMs, waiters } of lockWaits) {
      const key = `${kind} ${lineKey(source)}`;
      const known = found.get(key);
      found.set(key, {
        kind,
        source,
        heldAt: distinct([...(known?.heldAt ?? []), ...heldAt]),
        waitMs: waitMs + (known?.waitMs ?? 0),
        waiters: Math.max(waiters, known?.waiters ?? 0),
        wallMs: Math.min(waitMs / waiters, wallTimeMs) + (known?.wallMs ?? 0),
      });
    }
  return [...found.values()].sort((a, b) => b.waitMs - a.waitMs);
}
