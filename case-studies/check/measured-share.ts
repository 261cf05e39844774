/** A part's share of the run, as the profile tells it. */
import type { Cell, Profile } from '../../src/profile/index.ts';
import type { Measured } from './expectations.ts';
import { placeMatcher, type ReadFile } from './place.ts';

export function measuredShare(profile: Profile, measured: Measured, readFile: ReadFile): number {
  const { cells } = profile;
  const runMs = sum(cells, cell => cell.wallTimeMs);
  switch (measured.kind) {
    case 'cell':
      return sum(named(cells, measured.cell), cell => cell.wallTimeMs) / runMs;
    case 'queries':
      return sum(cells, cell => sum(cell.queries, query => query.totalMs)) / runMs;
    case 'requests':
      return (
        sum(named(cells, measured.cell), cell =>
          sum(
            (cell.requests ?? []).filter(({ route }) => route === measured.route),
            request => request.totalMs,
          ),
        ) / runMs
      );
    case 'lines': {
      const places = measured.places.map(place => placeMatcher(profile, place, readFile));
      return (
        sum(cells, cell => {
          const sampledMs = sum(cell.lines, line => line.selfMs);
          if (sampledMs === 0) return 0;
          const lines = cell.lines.filter(({ source }) => places.some(isAt => isAt(source)));
          const ms = sum(lines, line => (measured.time === 'self' ? line.selfMs : line.totalMs));
          return (ms / sampledMs) * cell.wallTimeMs;
        }) / runMs
      );
    }
  }
}

const named = (cells: readonly Cell[], id: string): readonly Cell[] =>
  cells.filter(({ cellId }) => cellId === id);

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
