import { describe, expect, it } from 'vitest';
import { mapLines } from '../../../../labextension/src/heat/line-map.ts';

/** `abc` is a source of three lines. */
const map = (before: string, after: string) => mapLines([...before], [...after]);

describe('mapLines', () => {
  it('leaves an unchanged source alone', () => {
    expect(map('abc', 'abc')).toEqual([0, 1, 2]);
  });

  it('follows lines when others are inserted or deleted', () => {
    expect(map('abc', 'xyabc')).toEqual([2, 3, 4]);
    expect(map('abc', 'axbyc')).toEqual([0, 2, 4]);
    expect(map('abcd', 'acd')).toEqual([0, null, 1, 2]);
    expect(map('abc', '')).toEqual([null, null, null]);
    expect(map('', 'abc')).toEqual([]);
  });

  it('keeps the order of equal lines', () => {
    expect(map('aXbXc', 'abXc')).toEqual([0, null, 1, 2, 3]);
  });

  it('keeps a line that was edited in place', () => {
    const before = ['import time', 'total = sum(range(10))', 'print(total)'];
    expect(mapLines(before, ['import time', 'total = sum(range(99))', 'print(total)'])).toEqual([
      0, 1, 2,
    ]);
    const grown = ['import time', '# more', 'total = sum(range(99))', 'y = 1', 'print(total)'];
    expect(mapLines(before, grown)).toEqual([0, 2, 4]);
  });

  it('gives up a line that became something else', () => {
    expect(mapLines(['import time', 'work()'], ['import time', '# nothing here'])).toEqual([
      0,
      null,
    ]);
  });

  it('is soon done with huge cells', () => {
    const before = Array.from({ length: 3000 }, (_, line) => `before ${line}`);
    const after = Array.from({ length: 3000 }, (_, line) => `${line} after`);
    expect(mapLines(before, after)).toHaveLength(3000);
  });
});
