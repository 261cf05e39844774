import { describe, expect, it } from 'vitest';
import { covers, toWish } from '../../../kernel/run/wish.ts';

describe('toWish', () => {
  it('takes what is well formed', () => {
    const cells = [{ id: 'a', index: 2, label: 'load' }, { id: 'b' }];
    expect(toWish({ scope: 'listed', show: true, rateHz: 50, cells })).toEqual({
      scope: 'listed',
      show: true,
      rateHz: 50,
      cells: new Map([
        ['a', { index: 2, label: 'load' }],
        ['b', {}],
      ]),
    });
  });

  it.each([undefined, null, 4, [], { scope: 'ALL', show: 1, cells: {} }, { cells: [null, 'a'] }])(
    'makes of %j a wish for nothing',
    data => {
      expect(toWish(data)).toEqual({ scope: 'magic', show: false, cells: new Map() });
    },
  );

  it.each([0, -1, 10_001, Infinity, NaN, '50'])('leaves out the rate %j', rateHz => {
    expect(toWish({ rateHz })).not.toHaveProperty('rateHz');
  });

  it('leaves out an index that is none', () => {
    const cells = [-1, 0.5, '1'].map((index, i) => ({ id: String(i), index }));
    expect([...toWish({ cells }).cells.values()]).toEqual([{}, {}, {}]);
  });
});

describe('covers', () => {
  const cells = [{ id: 'a' }];
  it.each([
    ['all', 'b', true],
    ['all', null, true],
    ['listed', 'a', true],
    ['listed', 'b', false],
    ['listed', null, false],
    ['magic', 'a', false],
  ] as const)('%s, cell %s: %s', (scope, cellId, expected) => {
    expect(covers(toWish({ scope, cells }), cellId)).toBe(expected);
  });
});
