import { expect, it } from 'vitest';
import { compareLines } from '../../../src/analysis/index.ts';
import { at, buildCell, buildLine } from '../../support/profiles.ts';

it('finds lines by their code, the largest change first', () => {
  const before = buildCell({
    lines: [
      buildLine(at(1, 2), 600, 0.6, { text: 'slow()' }),
      buildLine(at(1, 3), 300, 0.3, { text: 'same()' }),
      buildLine(at(1, 4), 100, 0.1, { text: 'gone()' }),
    ],
  });
  const after = buildCell({
    lines: [
      buildLine(at(2, 7), 100, 0.25, { text: '  slow()' }),
      buildLine(at(2, 8), 310, 0.7, { text: 'same()' }),
      buildLine(at(2, 9), 40, 0.05, { text: 'new()' }),
    ],
  });
  expect(
    compareLines(before, after).map(({ text, beforeMs, afterMs }) => [text, beforeMs, afterMs]),
  ).toEqual([
    ['slow()', 600, 100],
    ['gone()', 100, 0],
    ['new()', 0, 40],
  ]);
  expect(compareLines(buildCell(), after)).toEqual([]);
});
