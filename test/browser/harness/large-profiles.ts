/** Large notebooks and files, made up. */
import { at, buildCell, buildLine, buildProfile, buildSeries, MB } from '../../support/profiles.ts';
import type { Profile } from '../../../src/profile/index.ts';
import type { CellFile } from './notebook-file.ts';
import { savedOutput } from './saved.ts';

/** Eight hours of a thousand cells, each with its lines and its memory. */
export function longRun(): Profile {
  const cells = Array.from({ length: 1000 }, (_, i) =>
    buildCell({
      cellId: `cell-${i}`,
      index: i,
      executionCount: i + 1,
      source: Array.from({ length: 12 }, (_line, line) => `step_${line} = work(${i})`).join('\n'),
      wallTimeMs: 28_800 + (i % 7) * 10,
      lines: Array.from({ length: 12 }, (_line, line) =>
        buildLine(at(i + 1, line + 1), 2400, 1 / 12, { text: `step_${line} = work(${i})` }),
      ),
      memory: {
        series: buildSeries(
          Array.from({ length: 60 }, (_point, t) => [t * 480, (200 + ((i + t) % 90)) * MB]),
        ),
      },
    }),
  );
  return buildProfile(cells);
}

/** Cells of one hot line each, with their summaries as saved outputs. */
export const profiledCells = (count: number): CellFile[] =>
  Array.from({ length: count }, (_, i) => {
    const source = `first_${i} = 1\nhot_${i} = work()\nlast_${i} = 3`;
    const profile = buildProfile([
      buildCell({
        cellId: `cell-${i}`,
        index: i,
        executionCount: i + 1,
        source,
        lines: [buildLine(at(i + 1, 2), 900, 0.9, { text: `hot_${i} = work()` })],
      }),
    ]);
    return { source, executionCount: i + 1, outputs: [savedOutput(profile)] };
  });
