/** What one run's findings say that another's do not. A finding is the same where its kind and its cell or file are. */
import type { Cell, Finding, Profile, Source } from '../profile/index.ts';
import type { CellPlaces } from './pair-cells.ts';

export interface FindingsChange {
  readonly gone: readonly Finding[];
  readonly added: readonly Finding[];
  readonly stayed: readonly Finding[];
}

export function compareFindings(
  before: Pick<Profile, 'cells' | 'findings'>,
  after: Pick<Profile, 'cells' | 'findings'>,
  pairs: readonly CellPlaces[],
): FindingsChange {
  const partner = new Map(pairs.map(pair => [pair.before, pair.after] as const));
  const waiting = new Map<string, Finding[]>();
  for (const finding of before.findings) {
    const key = keyOf(finding, before.cells, place => partner.get(place) ?? null);
    waiting.set(key, [...(waiting.get(key) ?? []), finding]);
  }
  const stayed: Finding[] = [];
  const added: Finding[] = [];
  for (const finding of after.findings) {
    const key = keyOf(finding, after.cells, place => place);
    const [same, ...others] = waiting.get(key) ?? [];
    if (same) waiting.set(key, others);
    (same ? stayed : added).push(finding);
  }
  const left = new Set([...waiting.values()].flat());
  return { gone: before.findings.filter(finding => left.has(finding)), added, stayed };
}

/** @param inLater a cell's place in the later run; null for a cell that is not in it. */
function keyOf(
  { id, where }: Finding,
  cells: readonly Cell[],
  inLater: (place: number) => number | null,
): string {
  const [first] = where;
  return `${id} ${first ? placeOf(first, cells, inLater) : ''}`;
}

function placeOf(
  source: Source,
  cells: readonly Cell[],
  inLater: (place: number) => number | null,
): string {
  if ('file' in source) return source.file;
  const place = cells.findLastIndex(cell => cell.executionCount === source.executionCount);
  const later = place === -1 ? null : inLater(place);
  return later === null ? `gone [${source.executionCount}]` : `cell ${later}`;
}
