/** The three costs that cells are ranked by, joined to one row a cell. Pure. */
import type { CellReport, RankedCell, Report } from '../../../src/report/index.ts';

/** A share of the dearest cell's cost is what bars show: of a thousand cells, each share of the sum is a hair. */
export interface Cost {
  readonly cost: number;
  readonly shareOfRun: number;
  readonly shareOfDearest: number;
}

export interface CellRow {
  readonly report: CellReport;
  readonly time: Cost | null;
  readonly memory: Cost | null;
  readonly io: Cost | null;
}

/** In the order in which the cells ran. */
export function cellRows({ cells, ranking }: Report): CellRow[] {
  const [time, memory, io] = [ranking.time, ranking.memory, ranking.io].map(costs);
  return cells.map((report, index) => ({
    report,
    time: time?.get(index) ?? null,
    memory: memory?.get(index) ?? null,
    io: io?.get(index) ?? null,
  }));
}

function costs(ranked: readonly RankedCell[]): Map<number, Cost> {
  const dearest = ranked[0]?.cost ?? 0;
  return new Map(
    ranked.map(({ cell, cost, share }) => [
      cell,
      { cost, shareOfRun: share, shareOfDearest: dearest > 0 ? cost / dearest : 0 },
    ]),
  );
}
