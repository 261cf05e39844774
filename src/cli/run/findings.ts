/** The run's findings, from all of its cells together, in the place of those that the hook found cell by cell. */
import { loadSyntax } from '../../../kernel/findings/load-syntax.ts';
import { readSourceFile } from '../../../kernel/findings/read-text.ts';
import { readUserRules } from '../../../kernel/findings/user-rules.ts';
import type { Profile } from '../../profile/index.ts';
import { findFindings } from '../../rules/index.ts';

/** A whole run has more to say than a cell. */
const MOST = 15;

/**
 * Never fails: a run that took an hour is not lost for a rule's sake.
 * @param folder the notebook's, where the kernel ran.
 */
export async function withFindings(profile: Profile, folder: string): Promise<Profile> {
  try {
    const users = readUserRules(folder, process.env);
    const { findings, notes } = findFindings(profile, await loadSyntax(), {
      readText: source => readSourceFile(source, folder),
      rules: users.rules,
      most: MOST,
    });
    return { ...withNotes(profile, [...users.notes, ...notes]), findings: [...findings] };
  } catch (error) {
    return withNotes(profile, [`Findings are missing: ${(error as Error).message}.`]);
  }
}

function withNotes(profile: Profile, notes: readonly string[]): Profile {
  const all = new Set([...profile.environment.notes, ...notes]);
  return { ...profile, environment: { ...profile.environment, notes: [...all] } };
}
