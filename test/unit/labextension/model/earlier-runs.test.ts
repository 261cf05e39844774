import { expect, it } from 'vitest';
import { EarlierRuns } from '../../../../labextension/src/model/earlier-runs.ts';

const run = (second: number, wallTimeMs: number) => ({
  startedAt: new Date(second * 1000).toISOString(),
  wallTimeMs,
});

it('gives the durations newest first, without the one excepted', () => {
  const runs = new EarlierRuns();
  runs.add('a', [run(1, 10)]);
  runs.add('a', [run(3, 30)]);
  runs.add('a', [run(2, 20), run(1, 10)]);
  expect(runs.of('a', undefined)).toEqual([30, 20, 10]);
  expect(runs.of('a', run(3, 30).startedAt)).toEqual([20, 10]);
  expect(runs.of('b', undefined)).toEqual([]);
});

it('keeps a bounded number', () => {
  const runs = new EarlierRuns();
  for (let second = 0; second < 100; second++) runs.add('a', [run(second, second)]);
  expect(runs.of('a', undefined)).toHaveLength(20);
  expect(runs.of('a', undefined)[0]).toBe(99);
});
