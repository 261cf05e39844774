/**
 * Brings an older file to today's format, one step at a time.
 *
 * A change of the format adds a step to `UPGRADES` and keeps a file of the format before it under
 * `test/unit/profile/fixtures`, which must load for ever. Format 1 is the first, so there is no step yet.
 */

/** An untyped profile: its format is older than the types that we have. */
export type OldProfile = Readonly<Record<string, unknown>>;

export interface UpgradeStep {
  /** The format that it reads. It writes the next one, and need not set `schemaVersion`. */
  readonly from: number;
  readonly upgrade: (profile: OldProfile) => OldProfile;
}

export const UPGRADES: readonly UpgradeStep[] = [];

/**
 * @param version the format of `profile`, at most `target`.
 * @throws Error when no step reads a format on the way: a mistake in `steps`, or a format that never was.
 */
export function upgradeProfile(
  profile: OldProfile,
  version: number,
  target: number,
  steps: readonly UpgradeStep[] = UPGRADES,
): OldProfile {
  let current = profile;
  for (let format = version; format < target; format++) {
    const step = steps.find(({ from }) => from === format);
    if (!step) throw new Error(`there is no way to read format ${format}`);
    current = { ...step.upgrade(current), schemaVersion: format + 1 };
  }
  return current;
}
