/** One profile of a whole notebook out of the newest figures of its cells. Pure. */
import { mergeFindings } from '../../../src/analysis/merge-findings.ts';
import type { Profile } from '../../../src/profile/index.ts';

export interface PlacedFigures {
  /** The cell's place in the notebook, counted from 0. */
  readonly index: number;
  /** Of the nearest Markdown heading above. */
  readonly heading: string | undefined;
  /** A profile of that cell alone. */
  readonly profile: Profile;
}

/** @param figures in the order of the notebook. @returns null when there are none. */
export function toRunProfile(figures: readonly PlacedFigures[], path: string): Profile | null {
  const newest = figures
    .map(({ profile }) => profile)
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const [last] = newest;
  const first = newest.at(-1);
  if (!last || !first) return null;
  return {
    ...last,
    // The hook knows the path that the notebook had when its kernel started.
    notebook: { ...last.notebook, path },
    startedAt: first.startedAt,
    cells: figures.flatMap(({ index, heading, profile }) =>
      profile.cells.map(cell => ({ ...cell, index, ...(heading !== undefined && { heading }) })),
    ),
    findings: mergeFindings(
      figures.flatMap(({ profile }) => profile.findings),
      figures.reduce((sum, { profile }) => sum + totalMs(profile), 0),
    ),
  };
}

const totalMs = ({ cells }: Profile): number =>
  cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0);
