import { expect, it } from 'vitest';
import { mergeFindings } from '../../../src/analysis/index.ts';
import { ms, type Finding } from '../../../src/profile/index.ts';
import { at } from '../../support/profiles.ts';

const finding = (rest: Partial<Finding> & { timeMs?: number; share?: number }): Finding => {
  const { timeMs = 1000, share = 0.5, ...own } = rest;
  return {
    id: 'n-plus-one',
    severity: 'warning',
    title: 'N+1',
    advice: 'Ask once.',
    where: [at('db.py', 4)],
    evidence: { timeMs, share, samples: 100 },
    savesMs: ms(timeMs / 2),
    ...own,
  };
};

it('tells one place once, with the time of all cells on the scale of the run', () => {
  const merged = mergeFindings(
    [finding({}), finding({ timeMs: 3000, severity: 'critical' }), finding({ where: [at(2, 1)] })],
    10_000,
  );
  expect(merged).toHaveLength(2);
  expect(merged[0]).toMatchObject({
    severity: 'critical',
    savesMs: 2000,
    evidence: { timeMs: 4000, share: 0.4, samples: 200 },
  });
  expect(merged[1]?.where).toEqual([at(2, 1)]);
});

it('leaves out what was much of its cell and is nothing of the run', () => {
  expect(mergeFindings([finding({ timeMs: 300, share: 0.9 })], 60_000)).toEqual([]);
});

it('keeps findings about memory, which have no time', () => {
  const evidence = { suspect: 'cache' };
  const leak = finding({ id: 'memory-leak', evidence, savesMs: undefined });
  expect(mergeFindings([leak, leak], 60_000)).toEqual([leak]);
});
