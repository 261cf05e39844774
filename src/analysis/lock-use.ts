/** Threads that waited for locks and pools, over all cells, by the line that waited. */
import { ms, type Cell, type LockWait } from '../profile/index.ts';

/** The longest wait first; the same line in several cells is told once. */
export function findLockWaits(cells: readonly Cell[]): LockWait[] {
  const found = new Map<string, LockWait>();
  for (const wait of cells.flatMap(cell => cell.lockWaits ?? [])) {
    const key = JSON.stringify([wait.kind, wait.source]);
    const known = found.get(key);
    const heldAt = [...(known?.heldAt ?? []), ...wait.heldAt];
    found.set(key, {
      ...wait,
      waitMs: ms(wait.waitMs + (known?.waitMs ?? 0)),
      waiters: Math.max(wait.waiters, known?.waiters ?? 0),
      heldAt: [...new Map(heldAt.map(source => [JSON.stringify(source), source])).values()],
    });
  }
  return [...found.values()].sort((a, b) => b.waitMs - a.waitMs);
}
