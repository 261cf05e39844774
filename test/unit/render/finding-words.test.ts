import { expect, it } from 'vitest';
import { evidenceParts } from '../../../src/render/finding-words.ts';

it('tells the figures that a finding rests on with their units, and its reasons last', () => {
  expect(
    evidenceParts({
      savesBecause: 'a fifth is left to be sure',
      readBytes: 987_656,
      loadingShare: 0.512,
      itemsGrowth: 12_672,
      table: 'events\u202e',
      samples: 3006,
      share: 0.893,
      timeMs: 14_641,
    }),
  ).toEqual([
    '14.6 s',
    '89% of the time',
    '3\u202f006 samples',
    'read: 988 kB',
    'loading: 51%',
    'items growth: 12\u202f672',
    'table: events\\u202e',
    'estimate: a fifth is left to be sure',
  ]);
});

it('tells nothing where there is no figure', () => {
  expect(evidenceParts({})).toEqual([]);
});
