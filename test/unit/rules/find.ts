/** What tests of rules ask: which findings stand on which lines of some heated code. */
import { formatSource } from '../../../src/render/format.ts';
import { findFindings, type FindOptions } from '../../../src/rules/index.ts';
import type { Cell, Finding } from '../../../src/profile/index.ts';
import { heatedCell } from '../../support/heated.ts';
import { buildProfile, type CellOptions } from '../../support/profiles.ts';
import { testSyntax } from '../../support/syntax.ts';

export async function findIn(
  cells: string | readonly Cell[],
  options: FindOptions & { cell?: CellOptions } = {},
): Promise<readonly Finding[]> {
  const profile = buildProfile(
    typeof cells === 'string' ? [heatedCell(cells, options.cell)] : cells,
  );
  const { findings, notes } = findFindings(profile, await testSyntax(), options);
  if (notes.length > 0) throw new Error(notes.join('\n'));
  return findings;
}

/** `id line` of each finding: `n-plus-one [1]:3`. */
export async function placesIn(...parameters: Parameters<typeof findIn>): Promise<string[]> {
  const findings = await findIn(...parameters);
  return findings.map(({ id, where }) => [id, ...where.slice(0, 1).map(formatSource)].join(' '));
}
