import { describe, expect, it } from 'vitest';
import { isSameCode } from '../../../../labextension/src/model/same-code.ts';

describe('isSameCode', () => {
  it.each([
    ['the same text', 'x = 1\ny = 2', 'x = 1\ny = 2'],
    ['blanks at the end', 'x = 1', 'x = 1\n\n  '],
    ["another system's ends of lines", 'x = 1\r\ny = 2', 'x = 1\ny = 2'],
    ['other options of our magic', '%%pyperf\nx = 1', '%%pyperf --label "a" \nx = 1'],
    ['our magic under blank lines', '\n%%pyperf\nx = 1', '\n%%pyperf --quiet\nx = 1'],
  ])('is true for %s', (_, ran, stands) => {
    expect(isSameCode(ran, stands)).toBe(true);
  });

  it.each([
    ['other code', 'x = 1', 'x = 2'],
    ['a magic that came: lines have other numbers', 'x = 1', '%%pyperf\nx = 1'],
    ['a magic that went', '%%pyperf\nx = 1', 'x = 1'],
    ['a blank line above', '%%pyperf\nx = 1', '\n%%pyperf\nx = 1'],
    ["other options of another's magic", '%%time\nx', '%%timeit\nx'],
    ['a name that begins like ours', '%%pyperfect a\nx', '%%pyperfect b\nx'],
  ])('is false for %s', (_, ran, stands) => {
    expect(isSameCode(ran, stands)).toBe(false);
  });
});
