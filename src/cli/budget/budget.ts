/** A budget from its file to its outcome. */
import { dirname, resolve } from 'node:path';
import type { Profile } from '../../profile/index.ts';
import { findProfile } from '../runs/find.ts';
import { checkBudget } from './check.ts';
import { readBudget } from './read.ts';
import type { Budget } from './schema.ts';
import { budgetWords } from './words.ts';

export interface PreparedBudget {
  readonly path: string;
  readonly limits: Budget;
  readonly baseline: Profile | undefined;
}

/** Before anything runs: what is wrong with it must not be found after an hour. @throws CliError */
export function prepareBudget(path: string, notebook: string): PreparedBudget {
  const limits = readBudget(path);
  const { baseline } = limits;
  if (baseline === undefined) return { path, limits, baseline };
  // A file stands where the budget does; labels and dates are of the notebook's kept runs.
  const wanted = baseline.endsWith('.json') ? resolve(dirname(path), baseline) : baseline;
  return { path, limits, baseline: findProfile(wanted, notebook).profile };
}

/** Writes the outcome. @returns whether all limits are kept. */
export function tellBudget({ path, limits, baseline }: PreparedBudget, profile: Profile): boolean {
  const checked = checkBudget(limits, profile, baseline);
  process.stdout.write(budgetWords(path, checked));
  return checked.every(check => !check.isExceeded);
}
