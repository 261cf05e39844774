/** From a line's text to the line, and whether something in a profile stands on it. */
import type { Profile, Source } from '../../src/profile/index.ts';
import type { Place } from './expectations.ts';

/** Reads a file of the study, by its path from the study's folder. */
export type ReadFile = (path: string) => string;

/** @throws Error when the text stands on no line, or on several: then the expectation itself is wrong. */
export function findLine(text: string, place: Place): number {
  const lines = text.split('\n').flatMap((line, i) => (line.includes(place.marker) ? [i + 1] : []));
  const [line, ...others] = lines;
  if (line === undefined || others.length > 0)
    throw new Error(`"${place.marker}" stands on ${lines.length} lines of ${place.in}, not on one`);
  return line;
}

/** Whether a source of this profile is the place. */
export function placeMatcher(
  profile: Profile,
  place: Place,
  readFile: ReadFile,
): (source: Source) => boolean {
  if (place.in.endsWith('.py')) {
    const line = findLine(readFile(place.in), place);
    return source => 'file' in source && source.line === line && isFile(source.file, place.in);
  }
  const cell = profile.cells.find(({ cellId }) => cellId === place.in);
  if (!cell) throw new Error(`No cell "${place.in}" ran`);
  const line = findLine(cell.source, place);
  return source =>
    !('file' in source) && source.executionCount === cell.executionCount && source.line === line;
}

const isFile = (path: string, ending: string): boolean =>
  path === ending || path.endsWith(`/${ending}`);
