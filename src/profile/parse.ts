/** The one way in: what is read from a file, a message or a worker becomes a `Profile` here, or one clear sentence. */
import type * as z from 'zod';
import { ProfileSchema, SCHEMA_VERSION, type Profile } from './schema.ts';
import { upgradeProfile, type OldProfile, type UpgradeStep } from './upgrade.ts';

/** Why a profile could not be read: one sentence for the user. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

/**
 * @param json what `JSON.parse` gave.
 * @param name how the message calls it: a file's name.
 * @param steps only for tests of the upgrade loop.
 * @throws ProfileError
 */
export function parseProfile(
  json: unknown,
  name = 'This profile',
  steps?: readonly UpgradeStep[],
): Profile {
  if (!isObject(json)) {
    throw new ProfileError(`${name} is not a PyPerf profile: it holds no JSON object.`);
  }
  const version = json['schemaVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw new ProfileError(`${name} is not a PyPerf profile: it has no schemaVersion.`);
  }
  if (version > SCHEMA_VERSION) {
    throw new ProfileError(
      `${name} was written by a newer PyPerf (format ${version}; this one reads up to ${SCHEMA_VERSION}). ` +
        'Upgrade with pip install -U jupyterlab-pyperf.',
    );
  }
  const result = ProfileSchema.safeParse(upgraded(json, version, name, steps));
  if (result.success) return result.data;
  throw new ProfileError(`${name} is damaged: ${describeIssue(result.error.issues)}.`);
}

/**
 * @param text a file's whole content.
 * @throws ProfileError
 */
export function parseProfileText(text: string, name = 'This profile'): Profile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProfileError(`${name} is not a PyPerf profile: it is not JSON.`);
  }
  return parseProfile(json, name);
}

function upgraded(
  json: OldProfile,
  version: number,
  name: string,
  steps: readonly UpgradeStep[] | undefined,
): OldProfile {
  try {
    return upgradeProfile(json, version, SCHEMA_VERSION, steps);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProfileError(`${name} is in an old format that could not be brought up: ${reason}.`);
  }
}

/** The first thing wrong, with its path as one would write it in code: `cells[2].wallTimeMs`. */
function describeIssue(issues: readonly z.core.$ZodIssue[]): string {
  const [issue] = issues;
  if (!issue) return 'unknown reason';
  const path = issue.path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const where = path.join('').replace(/^\./, '') || 'the whole';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more like it)` : '';
  return `${where}: ${lowerFirst(issue.message)}${more}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const isObject = (value: unknown): value is OldProfile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
