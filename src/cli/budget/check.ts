/** Holds a run against its budget. A limit that cannot be checked counts as exceeded: a pipeline must not pass by it. */
import {
  cellFigures,
  compareRuns,
  labelCells,
  runFigures,
  type Figures,
  type MetricChange,
} from '../../analysis/index.ts';
import type { Cell, Profile, Spread } from '../../profile/index.ts';
import type { Budget, CellLimit } from './schema.ts';

export interface Checked {
  /** `notebook`, `cell "Data loading"`. */
  readonly what: string;
  readonly figure: 'time' | 'memory' | 'time regression' | 'memory regression';
  /** Milliseconds or bytes; of a regression the part of the baseline that may come on top. */
  readonly allowed: number;
  /** Null with a reason. */
  readonly measured: number | null;
  readonly isExceeded: boolean;
  /** Why nothing was measured. */
  readonly reason?: string;
}

const METRICS = { time: 'wallTimeMs', memory: 'peakRssBytes' } as const;
type Kind = keyof typeof METRICS;
const KINDS = Object.keys(METRICS) as Kind[];
/** Of the longer run: in a shorter cell a regression is seldom one. */
const WORTH_CHECKING_SHARE = 0.05;

/** @param baseline where the budget names one. */
export function checkBudget(budget: Budget, profile: Profile, baseline?: Profile): Checked[] {
  const { notebook, cells = [], maxRegression } = budget;
  const run = { figures: runFigures(profile.cells), spread: profile.spread };
  return [
    ...(notebook ? checkLimits('notebook', notebook, run) : []),
    ...cells.flatMap(limit => checkCell(limit, profile)),
    ...(baseline && maxRegression ? checkRegressions(maxRegression, baseline, profile) : []),
  ];
}

type Limits = Readonly<Partial<Record<Kind, number | undefined>>>;

function checkLimits(
  what: string,
  limits: Limits,
  of: { readonly figures: Figures; readonly spread: Spread | undefined },
): Checked[] {
  return KINDS.flatMap((figure): Checked[] => {
    const allowed = limits[figure];
    if (allowed === undefined) return [];
    const metric = METRICS[figure];
    const measured = of.spread?.[metric]?.median ?? of.figures[metric];
    return measured === null
      ? [{ what, figure, allowed, measured, isExceeded: true, reason: 'not measured' }]
      : [{ what, figure, allowed, measured, isExceeded: measured > allowed }];
  });
}

/** Of a cell that ran several times the last. */
function checkCell(limit: CellLimit, { cells }: Profile): Checked[] {
  const labels = labelCells(cells);
  const isMeant = (cell: Cell, place: number): boolean =>
    limit.id !== undefined
      ? cell.cellId === limit.id
      : limit.index !== undefined
        ? cell.index === limit.index
        : labels[place]?.from !== 'code' && labels[place]?.text === limit.label;
  const cell = cells.findLast(isMeant);
  const what = `cell ${limit.label ?? limit.id ?? limit.index}`;
  if (cell) return checkLimits(what, limit, { figures: cellFigures(cell), spread: cell.spread });
  return KINDS.flatMap((figure): Checked[] => {
    const allowed = limit[figure];
    if (allowed === undefined) return [];
    return [
      { what, figure, allowed, measured: null, isExceeded: true, reason: 'no such cell ran' },
    ];
  });
}

function checkRegressions(limits: Limits, baseline: Profile, profile: Profile): Checked[] {
  const { run, cells } = compareRuns(baseline, profile);
  const labels = labelCells(profile.cells);
  const runMs = runFigures(profile.cells).wallTimeMs;
  const longCells = cells.flatMap(({ after, changes }) => {
    const cell = profile.cells[after ?? -1];
    if (!cell || cell.wallTimeMs < WORTH_CHECKING_SHARE * runMs) return [];
    const label = labels[after ?? -1];
    const name = label && label.from !== 'code' ? label.text : `[${cell.executionCount ?? ' '}]`;
    return [{ what: `cell ${name}`, changes }];
  });
  return [{ what: 'notebook', changes: run }, ...longCells].flatMap(({ what, changes }) =>
    KINDS.flatMap(kind => {
      const allowed = limits[kind];
      return allowed === undefined ? [] : [checkRegression(what, kind, allowed, changes)];
    }),
  );
}

/** What may be chance is no regression. */
function checkRegression(
  what: string,
  kind: Kind,
  allowed: number,
  changes: readonly MetricChange[],
): Checked {
  const change = changes.find(found => found.metric === METRICS[kind]);
  const figure = `${kind} regression` as const;
  if (!change || change.improvement === null)
    return {
      what,
      figure,
      allowed,
      measured: null,
      isExceeded: true,
      reason: 'not measured in both runs',
    };
  const measured = -change.improvement;
  return {
    what,
    figure,
    allowed,
    measured,
    isExceeded: measured > allowed && !change.noise.isInside,
  };
}
