/** The order of cells by what they cost, each with its share of the run. */
import { shareOf, type Cell, type Share } from '../profile/index.ts';
import { measuredIo, measuredMemory } from './measured.ts';

export type CellCost = 'time' | 'memory' | 'io';

export interface RankedCell {
  /** Index into the profile's cells. */
  readonly cell: number;
  /** Milliseconds, bytes of peak memory, or bytes read and written. */
  readonly cost: number;
  /** Of the sum over all cells for time and I/O; of the highest peak for memory, which does not add up. */
  readonly share: Share;
}

/** Dearest first; cells whose cost was not measured are left out, equals keep the order in which they ran. */
export function rankCells(cells: readonly Cell[], by: CellCost): RankedCell[] {
  const costs = cells.map((cell, index) => ({ cell: index, cost: costOf(cell, by) }));
  const known = costs.flatMap(({ cell, cost }) => (cost === null ? [] : [{ cell, cost }]));
  const whole = known.reduce((a, { cost }) => (by === 'memory' ? Math.max(a, cost) : a + cost), 0);
  return known
    .map(({ cell, cost }) => ({ cell, cost, share: shareOf(cost, whole) }))
    .sort((a, b) => b.cost - a.cost);
}

function costOf(cell: Cell, by: CellCost): number | null {
  switch (by) {
    case 'time':
      return cell.wallTimeMs;
    case 'memory':
      return measuredMemory(cell).value?.peakRssBytes ?? null;
    case 'io': {
      const io = measuredIo(cell).value;
      return io && io.readBytes + io.writeBytes;
    }
  }
}
