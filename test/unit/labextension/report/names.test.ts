import { describe, expect, it } from 'vitest';
import { exportName, freeName } from '../../../../labextension/src/report/export-names.ts';
import {
  endOfRun,
  findRun,
  labelProblem,
  MAX_RUNS,
  MAX_RUNS_BYTES,
  readRunName,
  runFileName,
  runsOf,
  tooMany,
} from '../../../../src/profile/kept-runs.ts';
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

  describe('makes place for the next', () => {
    const day = (n: number, label?: string) =>
      runFileName({ stem: 'a', endedAt: new Date(Date.UTC(2026, 0, n)), ...(label && { label }) });
    const days = (count: number, label?: string) =>
      Array.from({ length: count }, (_, n) => ({ name: day(n + 1, label), sizeBytes: 1000 }));
    const added = runFileName({ stem: 'a', endedAt });

    it('the oldest goes', () => {
      const files = days(MAX_RUNS);
      expect(tooMany('a', files, added)).toEqual([day(1)]);
      expect(tooMany('a', files, day(4))).toEqual([]);
      expect(tooMany('b', files, added)).toEqual([]);
    });

    it('those with a label go last', () => {
      const files = [...days(1, 'baseline'), ...days(MAX_RUNS).slice(1)];
      expect(tooMany('a', files, added)).toEqual([day(2)]);
      expect(tooMany('a', days(MAX_RUNS, 'x'), added)).toEqual([day(1, 'x')]);
    });

    it('until they are small enough, but the new one stays', () => {
      const files = days(3).map(file => ({ ...file, sizeBytes: MAX_RUNS_BYTES / 2 }));
      expect(tooMany('a', files, day(3))).toEqual([day(1)]);
      const huge = [{ name: added, sizeBytes: 2 * MAX_RUNS_BYTES }];
      expect(tooMany('a', huge, added)).toEqual([]);
    });
  });

  it('may have a label', () => {
    const name = runFileName({ stem: 'my analysis', endedAt, label: 'before the fix' });
    expect(name).toBe('my analysis 2026-11-22 18.30.05 before the fix.pyperf.json');
    expect(readRunName(name)).toMatchObject({ stem: 'my analysis', label: 'before the fix' });
    for (const label of ['', ' a', 'a/b', '..\\a', 'a\n', 'x'.repeat(61), '2026-11-22'])
      expect(labelProblem(label)).not.toBeNull();
    for (const label of ['baseline', 'v1.2', 'größer']) expect(labelProblem(label)).toBeNull();
  });

  it('is found by label, by date, by place', () => {
    const run = (hour: number, label?: string) =>
      runFileName({
        stem: 'a',
        endedAt: new Date(Date.UTC(2026, 10, 22, hour)),
        ...(label && { label }),
      });
    const names = runsOf('a', [run(1, 'base'), run(2, 'base'), run(3)]);
    expect(findRun('base', names)).toEqual({ name: run(2, 'base') });
    expect(findRun('latest', names)).toEqual({ name: run(3) });
    expect(findRun('previous', names)).toEqual({ name: run(2, 'base') });
    expect(findRun('2026-11-22 01', names)).toEqual({ name: run(1, 'base') });
    expect(findRun('2026-11-22T03:00:00Z', names)).toEqual({ name: run(3) });
    expect(findRun('2026-11-22', names)).toHaveProperty(
      'problem',
      expect.stringContaining('3 dates'),
    );
    expect(findRun('other', names)).toHaveProperty('problem', expect.stringContaining('"other"'));
    expect(findRun('latest', [])).toHaveProperty('problem', expect.stringContaining('no latest'));
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
