/** Shares as steps of colour: five, since more cannot be told apart. */
import type { Share } from '../../../src/profile/index.ts';

export const STEPS = [1, 2, 3, 4, 5] as const;
export type HeatStep = (typeof STEPS)[number];

/** The least share of each step from the second on. */
const BORDERS = [0.02, 0.07, 0.15, 0.3] as const;

export const heatStep = (share: Share): HeatStep =>
  STEPS[BORDERS.filter(border => share >= border).length] ?? 5;
