import { describe, expect, it } from 'vitest';
import { hotLineAt } from '../../../../labextension/src/views/timeline/hot-line.ts';
import { ms } from '../../../../src/profile/index.ts';
import { buildCell, buildLine } from '../../../support/profiles.ts';

describe('the hot line of a moment', () => {
  const lines = [
    buildLine({ executionCount: 3, line: 2 }, 10, 0.5, { text: '  a = load()' }),
    buildLine({ file: '/home/me/tools.py', line: 40 }, 10, 0.5, { text: 'fit(a)' }),
  ];
  const at = hotLineAt(
    buildCell({ lines, hotLines: { untilMs: [10, 20, 30].map(ms), lines: [1, -1, 0] } }),
  );

  it('is told by place and text', () => {
    expect(at?.(5)).toBe('tools.py:40 fit(a)');
    expect(at?.(10)).toBe('tools.py:40 fit(a)');
    expect(at?.(25)).toBe('[3]:2 a = load()');
  });
  it('is none where other code ran, and the last one at the very end', () => {
    expect(at?.(15)).toBeUndefined();
    expect(at?.(31)).toBe('[3]:2 a = load()');
  });
  it('is not asked for where nobody kept it', () => {
    expect(hotLineAt(buildCell({ lines }))).toBeUndefined();
  });
});
