/** When a run ended: what tells it from the same notebook's other runs. Pure. */
import type { Profile } from '../../../src/profile/index.ts';

export function endOfRun({ cells, startedAt }: Profile): Date {
  const ends = cells.map(cell => Date.parse(cell.startedAt) + cell.wallTimeMs);
  return new Date(ends.reduce((a, b) => Math.max(a, b), Date.parse(startedAt)));
}
