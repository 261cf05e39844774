import { describe, expect, it } from 'vitest';
import { compareRuns, joinRepeats } from '../../../src/analysis/index.ts';
import {
  bytes,
  parseProfile,
  roundProfile,
  timestamp,
  type Profile,
} from '../../../src/profile/index.ts';
import { buildCell, buildProfile, MB } from '../../support/profiles.ts';

const run = (first: number, second: number, peak = 100 * MB): Profile =>
  buildProfile(
    [
      buildCell({ executionCount: 1, wallTimeMs: first }),
      buildCell({
        executionCount: 2,
        wallTimeMs: second,
        memory: { peakRssBytes: bytes(peak), endRssBytes: bytes(100 * MB) },
      }),
    ],
    { startedAt: timestamp(new Date(first * 1000)) },
  );

describe('several runs', () => {
  const runs = [run(1000, 3000, 130 * MB), run(1100, 2000, 110 * MB), run(900, 2500)];
  const joined = joinRepeats(runs)!;

  it('become the one with the median time', () => {
    expect(joined.startedAt).toBe(runs[2]?.startedAt);
    expect(joined.cells.map(cell => cell.wallTimeMs)).toEqual([900, 2500]);
  });

  it('give each figure of the run and of its cells a median with its interval', () => {
    expect(joined.spread).toMatchObject({
      runs: 3,
      confidence: 0.75,
      wallTimeMs: { median: 3400, low: 3100, high: 4000 },
      peakRssBytes: { median: 110 * MB, low: 100 * MB, high: 130 * MB },
    });
    expect(joined.cells[0]?.spread?.wallTimeMs).toEqual({ median: 1000, low: 900, high: 1100 });
    expect(parseProfile(JSON.parse(JSON.stringify(roundProfile(joined))))).toEqual(joined);
  });

  it('tell noise from results when they are compared', () => {
    const same = joinRepeats([run(1050, 2600), run(950, 2900), run(1000, 2100)])!;
    const faster = joinRepeats([run(500, 2000), run(520, 2010), run(540, 2000)])!;
    const [time] = compareRuns(joined, same).run;
    expect(time?.noise).toEqual({ isInside: true, by: 'intervals' });
    expect(compareRuns(joined, faster).run[0]?.noise).toEqual({ isInside: false, by: 'intervals' });
    expect(compareRuns(joined, faster).run[0]).toMatchObject({ before: 3400, after: 2530 });
  });

  it('say nothing of a cell that ended otherwise in one of them', () => {
    const [first, second, third] = runs;
    const failed = {
      ...third!,
      cells: third!.cells.map((c, i) => (i === 1 ? { ...c, status: 'error' as const } : c)),
    };
    const { cells } = joinRepeats([first!, second!, failed])!;
    expect(cells[0]?.spread).toBeDefined();
    expect(cells[1]?.spread).toBeUndefined();
  });

  it('need be two', () => {
    expect(joinRepeats([])).toBeUndefined();
    expect(joinRepeats([runs[0]!])).toBe(runs[0]);
  });
});
