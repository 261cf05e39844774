/** Two runs of one notebook: as a whole, and cell by cell. Only what both runs measured is compared. */
import type { Cell, Profile } from '../profile/index.ts';
import {
  compareCells,
  compareFigures,
  type ComparedFigures,
  type MetricChange,
} from './compare-cells.ts';
import { measuredCpuMs, measuredIo, measuredMemory } from './measured.ts';
import { totalRun } from './totals.ts';

export interface RunComparison {
  readonly run: readonly MetricChange[];
  /** In the order of the later run; cells that ran only before stand behind the one that they followed. */
  readonly cells: readonly CellPair[];
}

/** Indices into the cells of each profile; null where the cell ran in the other run only. */
export interface CellPair {
  readonly before: number | null;
  readonly after: number | null;
  /** Its code is not what it was. Only a cell with an id is known again then. */
  readonly edited: boolean;
  /** Nothing where the cell ran in one run only. */
  readonly changes: readonly MetricChange[];
}

export const compareRuns = (before: Profile, after: Profile): RunComparison => ({
  run: compareFigures(wholeRun(before.cells), wholeRun(after.cells)),
  cells: pairCells(before.cells, after.cells),
});

/** A sum is of use here only when no cell is missing from it: two partial sums compare what they left out. */
function wholeRun(cells: readonly Cell[]): ComparedFigures {
  const totals = totalRun(cells);
  const ran = cells.filter(cell => cell.status !== 'aborted');
  const whole = <T>(figure: T, isKnown: (cell: Cell) => boolean) =>
    ran.every(isKnown) ? figure : ({ value: null, reason: '' } as const);
  return {
    wallTimeMs: totals.wallTimeMs,
    cpuMs: whole(totals.cpuMs, cell => measuredCpuMs(cell).value !== null),
    peakRssBytes: whole(totals.peakRssBytes, cell => measuredMemory(cell).value !== null),
    io: whole(totals.io, cell => measuredIo(cell).value !== null),
  };
}

/** A cell is known again by its id; where that fails, by the same code. The n-th run of one pairs with the n-th. */
function pairCells(before: readonly Cell[], after: readonly Cell[]): CellPair[] {
  const partnerOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const keyOf of [idOf, codeOf]) {
    const waiting = groupBy(before, (cell, i) => (taken.has(i) ? null : keyOf(cell)));
    after.forEach((cell, i) => {
      const key = partnerOf.has(i) ? null : keyOf(cell);
      const partner = key === null ? undefined : waiting.get(key)?.shift();
      if (partner === undefined) return;
      partnerOf.set(i, partner);
      taken.add(partner);
    });
  }
  const pairs = after.map((cell, i): CellPair => {
    const partner = partnerOf.get(i);
    const old = partner === undefined ? undefined : before[partner];
    return {
      before: partner ?? null,
      after: i,
      edited: old !== undefined && codeOf(old) !== codeOf(cell),
      changes: old ? compareCells(old, cell) : [],
    };
  });
  return insertGone(pairs, before, taken);
}

function insertGone(
  pairs: readonly CellPair[],
  before: readonly Cell[],
  taken: ReadonlySet<number>,
): CellPair[] {
  const result = [...pairs];
  before.forEach((_, index) => {
    if (taken.has(index)) return;
    const previous = index === 0 ? -1 : result.findIndex(pair => pair.before === index - 1);
    result.splice(previous + 1, 0, { before: index, after: null, edited: false, changes: [] });
  });
  return result;
}

const idOf = (cell: Cell): string | null => cell.cellId;
const codeOf = (cell: Cell): string | null => cell.source.trim() || null;

function groupBy(
  cells: readonly Cell[],
  keyOf: (cell: Cell, index: number) => string | null,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  cells.forEach((cell, index) => {
    const key = keyOf(cell, index);
    if (key === null) return;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return groups;
}
