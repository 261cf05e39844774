/** Several runs of one notebook as one profile: that of the median run, with how far each figure went up and down. */
import type { Cell, Profile, Spread } from '../profile/index.ts';
import { COMPARED_METRICS, cellFigures, runFigures, type Figures } from './figures.ts';
import { confidenceOf, medianInterval } from './spread.ts';

/** @param profiles of runs that went to their end, in any order; a single one is given back as it is. */
export function joinRepeats(profiles: readonly Profile[]): Profile | undefined {
  const byTime = [...profiles].sort(
    (a, b) => runFigures(a.cells).wallTimeMs - runFigures(b.cells).wallTimeMs,
  );
  const median = byTime[(byTime.length - 1) >> 1];
  if (!median || profiles.length < 2) return median;
  return {
    ...median,
    spread: spreadOf(profiles.map(profile => runFigures(profile.cells))),
    cells: median.cells.map(cell => withSpread(cell, profiles)),
  };
}

/** A cell that is missing from a run, or ended otherwise there, has no spread. */
function withSpread(cell: Cell, profiles: readonly Profile[]): Cell {
  const same = profiles.flatMap(
    ({ cells }) =>
      cells.find(other => other.index === cell.index && other.status === cell.status) ?? [],
  );
  return same.length === profiles.length
    ? { ...cell, spread: spreadOf(same.map(cellFigures)) }
    : cell;
}

/** Of figures that every run has. */
function spreadOf(runs: readonly Figures[]): Spread {
  const known = COMPARED_METRICS.flatMap(metric => {
    const values = runs.flatMap(figures => figures[metric] ?? []);
    if (values.length < runs.length) return [];
    const { median, low, high } = medianInterval(values);
    // Between two runs in the middle there may be half a byte.
    const whole = metric.endsWith('Bytes') ? Math.round(median) : median;
    return [[metric, { median: whole, low, high }] as const];
  });
  return {
    runs: runs.length,
    confidence: confidenceOf(runs.length),
    ...(Object.fromEntries(known) as Pick<Spread, 'wallTimeMs'>),
  };
}
