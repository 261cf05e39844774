/** Two runs beside each other, as numbers: what every renderer of a comparison reads. */
import {
  compareCells,
  compareKept,
  compareLines,
  compareRuns,
  MIN_RUNS,
  NOISE_SHARES,
  type CellPair,
  type LineChange,
  type MetricChange,
  type RunComparison,
} from '../analysis/index.ts';
import type { Cell, Share } from '../profile/index.ts';
import type { CellReport, Report } from './report.ts';

export interface ComparedRun {
  /** As the user named it: a file, a label, a date. */
  readonly name: string;
  readonly report: Report;
  /** 1 for a run that was not repeated. */
  readonly runs: number;
}

export interface ComparisonReport extends Pick<RunComparison, 'run' | 'findings' | 'requests'> {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly cells: readonly ComparedCell[];
  /** Cells that ran in one of the two only: then the whole compares different work. */
  readonly unpaired: number;
  readonly noise: NoiseReport;
}

/** How noise was told from results. */
export type NoiseReport =
  /** By runs enough on both sides: `confidence` is that of the side with fewer. */
  | { readonly by: 'intervals'; readonly confidence: Share }
  /** A side ran too seldom: parts of the larger value stand in. */
  | { readonly by: 'thresholds'; readonly shares: typeof NOISE_SHARES; readonly minRuns: number };

/** A cell beside the earlier run that it was compared with. */
export interface CellComparison {
  /** As the user named it; null for the run before this one. */
  readonly name: string | null;
  readonly startedAt: string;
  readonly sameCode: boolean;
  readonly changes: readonly MetricChange[];
  readonly lines: readonly LineChange[];
}

/** With the run of the cell before this one. */
export const compareWithEarlier = (before: Cell, after: Cell): CellComparison => ({
  name: null,
  startedAt: before.startedAt,
  sameCode: before.source === after.source,
  changes: compareCells(before, after),
  lines: compareLines(before, after),
});

/** Null for a cell that nobody asked to compare. */
export function reportComparison(cell: Cell): CellComparison | null {
  const { comparedWith } = cell;
  if (!comparedWith) return null;
  const { name, startedAt, sameCode } = comparedWith;
  return {
    name,
    startedAt,
    sameCode,
    changes: compareKept(comparedWith, cell),
    lines: compareLines(comparedWith, cell),
  };
}

export interface ComparedCell extends CellPair {
  readonly beforeCell: CellReport | null;
  readonly afterCell: CellReport | null;
}

export function compareReports(
  before: Omit<ComparedRun, 'runs'>,
  after: Omit<ComparedRun, 'runs'>,
): ComparisonReport {
  const { run, cells, findings, requests } = compareRuns(
    before.report.profile,
    after.report.profile,
  );
  const sides = { before: withRuns(before), after: withRuns(after) };
  return {
    ...sides,
    run,
    findings,
    requests,
    cells: cells.map(pair => ({
      ...pair,
      beforeCell: before.report.cells[pair.before ?? -1] ?? null,
      afterCell: after.report.cells[pair.after ?? -1] ?? null,
    })),
    unpaired: cells.filter(pair => pair.before === null || pair.after === null).length,
    noise: noiseOf([before.report.profile.spread, after.report.profile.spread]),
  };
}

const withRuns = (side: Omit<ComparedRun, 'runs'>): ComparedRun => ({
  ...side,
  runs: side.report.profile.spread?.runs ?? 1,
});

function noiseOf(spreads: readonly (Cell['spread'] | undefined)[]): NoiseReport {
  const known = spreads.flatMap(spread => (spread && spread.runs >= MIN_RUNS ? [spread] : []));
  const [first, second] = known.map(spread => spread.confidence);
  return first !== undefined && second !== undefined
    ? { by: 'intervals', confidence: first < second ? first : second }
    : { by: 'thresholds', shares: NOISE_SHARES, minRuns: MIN_RUNS };
}
