/** The one way out: the same profile always gives the same bytes, and no digit that was not measured. */
import type { Profile } from './schema.ts';

/** Decimals kept, by how a field's name ends; any other figure keeps six. */
const DECIMALS: readonly (readonly [suffix: string, decimals: number])[] = [
  ['Ms', 3],
  ['Bytes', 0],
  ['PerSecond', 0],
  ['Cores', 3],
];
const OTHER_DECIMALS = 6;

/**
 * @param indent spaces a level; none writes one line, which is what a message wants.
 * Keys stand in the schema's order when the profile came from `parseProfile`.
 */
export function serializeProfile(profile: Profile, indent?: number): string {
  return JSON.stringify(roundProfile(profile), null, indent);
}

/** A copy with numbers rounded: microseconds, whole bytes, millionths of a share. */
export function roundProfile(profile: Profile): Profile {
  return rounded(profile, '') as Profile;
}

function rounded(value: unknown, unit: string): unknown {
  if (typeof value === 'number') return roundTo(value, decimalsOf(unit));
  if (Array.isArray(value)) return value.map(item => rounded(item, unit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, rounded(item, unitOf(key, unit))]),
  );
}

/** `offCpuMs: { disk }`: inside an object whose own name tells the unit, the parts have it too. */
const unitOf = (key: string, outer: string) => (hasUnit(key) || !hasUnit(outer) ? key : outer);
const hasUnit = (key: string) => DECIMALS.some(([suffix]) => key.endsWith(suffix));
const decimalsOf = (key: string) =>
  DECIMALS.find(([suffix]) => key.endsWith(suffix))?.[1] ?? OTHER_DECIMALS;

function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
