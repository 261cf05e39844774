import { describe, expect, it } from 'vitest';
import { exportName, freeName } from '../../../../labextension/src/report/export-names.ts';
import { endOfRun } from '../../../../labextension/src/report/run-end.ts';
import {
  MAX_RUNS,
  readRunName,
  runFileName,
  runsOf,
  tooMany,
} from '../../../../labextension/src/report/run-names.ts';
import { buildCell, buildProfile } from '../../../support/profiles.ts';
import { timestamp } from '../../../../src/profile/index.ts';

const endedAt = new Date('2026-11-22T18:30:05.700Z');

describe('the file of a kept run', () => {
  it('tells the notebook and when the run ended', () => {
    const name = runFileName({ stem: 'my analysis 2026', endedAt });
    expect(name).toBe('my analysis 2026 2026-11-22 18.30.05.pyperf.json');
    expect(readRunName(name)).toEqual({
      stem: 'my analysis 2026',
      endedAt: new Date('2026-11-22T18:30:05Z'),
    });
  });

  it('is told from other files', () => {
    for (const name of [
      'analysis.pyperf.json',
      'analysis 2026-11-22 18.30.05.json',
      'analysis 2026-99-22 18.30.05.pyperf.json',
      ' 2026-11-22 18.30.05.pyperf.json',
    ])
      expect(readRunName(name)).toBeNull();
  });

  it('belongs to one notebook, newest first', () => {
    const at = (stem: string, day: number) =>
      runFileName({ stem, endedAt: new Date(Date.UTC(2026, 0, day)) });
    const names = [at('a', 1), at('b', 2), at('a', 3), 'readme.md'];
    expect(runsOf('a', names)).toEqual([at('a', 3), at('a', 1)]);
  });

  it('makes place for the next: the oldest goes', () => {
    const days = Array.from({ length: MAX_RUNS }, (_, day) =>
      runFileName({ stem: 'a', endedAt: new Date(Date.UTC(2026, 0, day + 1)) }),
    );
    const added = runFileName({ stem: 'a', endedAt });
    expect(tooMany('a', days, added)).toEqual([days[0]]);
    expect(tooMany('a', days, days[3] ?? '')).toEqual([]);
    expect(tooMany('b', days, added)).toEqual([]);
  });
});

it('a run ends when its last cell does, whichever stands last', () => {
  const start = Date.parse('2026-11-22T18:00:00Z');
  const cell = (afterMs: number, wallTimeMs: number) =>
    buildCell({ startedAt: timestamp(new Date(start + afterMs)), wallTimeMs });
  const profile = buildProfile([cell(5000, 2000), cell(0, 1000)], {
    startedAt: timestamp(new Date(start)),
  });
  expect(endOfRun(profile)).toEqual(new Date(start + 7000));
  expect(endOfRun({ ...profile, cells: [] })).toEqual(new Date(start));
});

describe('the file of an export', () => {
  it('is no file that the user may have', () => {
    expect(exportName('analysis', 'html')).toBe('analysis-pyperf.html');
    expect(exportName('analysis', 'speedscope.json')).toBe('analysis-pyperf.speedscope.json');
    expect(exportName('analysis', 'pyperf.json')).toBe('analysis.pyperf.json');
  });

  it('is written over no other', () => {
    const taken = new Set(['a-pyperf.md', 'a-1-pyperf.md']);
    expect(freeName('a', 'md', taken)).toBe('a-2-pyperf.md');
    expect(freeName('a', 'csv', taken)).toBe('a-pyperf.csv');
  });
});
