import { expect, it } from 'vitest';
import { toRunProfile } from '../../../../labextension/src/model/run-profile.ts';
import { parseProfile } from '../../../../src/profile/index.ts';
import { timestamp } from '../../../../src/profile/units.ts';
import { buildCell, buildProfile } from '../../../support/profiles.ts';

const figures = (index: number, cellId: string, second: number, kernelName: string) => {
  const startedAt = timestamp(new Date(second * 1000));
  const profile = buildProfile([{ ...buildCell(), cellId, startedAt }]);
  const notebook = { ...profile.notebook, kernelName };
  return {
    index,
    heading: index > 3 ? 'Late' : undefined,
    profile: { ...profile, notebook, startedAt },
  };
};

it('puts cells in the order of the notebook, under what ran last', () => {
  const run = toRunProfile([figures(2, 'a', 9, 'new'), figures(5, 'b', 4, 'old')], 'sub/a.ipynb');
  expect(run).toEqual(parseProfile(run));
  expect(run?.cells.map(({ cellId, index }) => [cellId, index])).toEqual([
    ['a', 2],
    ['b', 5],
  ]);
  expect(run?.cells.map(({ heading }) => heading)).toEqual([undefined, 'Late']);
  expect(run?.notebook).toMatchObject({ kernelName: 'new', path: 'sub/a.ipynb' });
  expect(run?.startedAt).toBe(timestamp(new Date(4000)));
});

it('gives null without figures', () => {
  expect(toRunProfile([], 'a.ipynb')).toBeNull();
});
