/** Two runs of one notebook: as a whole, cell by cell, and by what was found. Only what both runs measured is compared. */
import type { Profile } from '../profile/index.ts';
import { compareCells, compareFigures, type MetricChange } from './compare-cells.ts';
import { compareFindings, type FindingsChange } from './compare-findings.ts';
import { compareLines, type LineChange } from './compare-lines.ts';
import { compareRequests, type RouteChange } from './compare-requests.ts';
import { runFigures } from './figures.ts';
import { codeOf, pairCells, type CellPlaces } from './pair-cells.ts';

export interface RunComparison {
  readonly run: readonly MetricChange[];
  /** In the order of the later run; cells that ran only before stand behind the one that they followed. */
  readonly cells: readonly CellPair[];
  readonly findings: FindingsChange;
  readonly requests: readonly RouteChange[];
}

export interface CellPair extends CellPlaces {
  /** Its code is not what it was. */
  readonly edited: boolean;
  /** Nothing where the cell ran in one run only. */
  readonly changes: readonly MetricChange[];
  /** Those that differ by more than noise, the largest difference first. */
  readonly lines: readonly LineChange[];
}

export function compareRuns(before: Profile, after: Profile): RunComparison {
  const places = pairCells(before.cells, after.cells);
  return {
    run: compareFigures(
      { figures: runFigures(before.cells), spread: before.spread },
      { figures: runFigures(after.cells), spread: after.spread },
    ),
    cells: places.map(place => comparePair(before, after, place)),
    findings: compareFindings(before, after, places),
    requests: compareRequests(before.cells, after.cells),
  };
}

function comparePair(before: Profile, after: Profile, places: CellPlaces): CellPair {
  const [from, to] = [before.cells[places.before ?? -1], after.cells[places.after ?? -1]];
  if (!from || !to) return { ...places, edited: false, changes: [], lines: [] };
  return {
    ...places,
    edited: codeOf(from) !== codeOf(to),
    changes: compareCells(from, to),
    lines: compareLines(from, to),
  };
}
