import { expect, it } from 'vitest';
import { Recorder } from '../../../kernel/run/recorder.ts';
import { ms, timestamp } from '../../../src/profile/units.ts';
import { buildCell, buildProfile } from '../../support/profiles.ts';

const { notebook, environment } = buildProfile([]);
const ran = (cellId: string | null, second: number) => ({
  ...buildCell(),
  cellId,
  startedAt: timestamp(new Date(second * 1000)),
  wallTimeMs: ms(second),
});

it('tells of the newest run of each cell, and how long those before took', () => {
  const recorder = new Recorder(notebook, environment);
  const shown = ran('b', 3);
  for (const cell of [ran('a', 1), ran(null, 2), shown, ran('a', 4)]) recorder.add(cell);
  recorder.show(shown);
  expect(recorder.newestRuns()).toMatchObject([
    { cellId: 'a', wallTimeMs: 4, shown: false, earlier: [{ wallTimeMs: 1 }] },
    { cellId: 'b', wallTimeMs: 3, shown: true, earlier: [] },
  ]);
  expect(recorder.newest('a')?.wallTimeMs).toBe(4);
  expect(recorder.newest(null)).toBeUndefined();
});

it('tells no more of a run that was thrown away, nor of the one before it', () => {
  const recorder = new Recorder(notebook, environment);
  for (const cell of [ran('a', 1), ran('a', 2)]) recorder.add(cell);
  recorder.forget('a', ran('a', 2).startedAt);
  expect(recorder.newestRuns()).toEqual([]);
  expect(recorder.newest('a')).toBeUndefined();
  recorder.add(ran('a', 3));
  expect(recorder.newest('a')?.wallTimeMs).toBe(3);
});

it('keeps a bounded number of cells', () => {
  const recorder = new Recorder(notebook, environment);
  for (let second = 0; second < 1100; second++) recorder.add(ran('a', second));
  expect(recorder.cells).toHaveLength(1000);
  expect(recorder.count).toBe(1100);
  expect(recorder.newestRuns()[0]?.earlier).toHaveLength(5);
});
