import { describe, expect, it } from 'vitest';
import { chartLines, chartText } from '../../../../labextension/src/charts/text.ts';
import { nextTab } from '../../../../labextension/src/views/next-tab.ts';
import { nextOrder, sortRows } from '../../../../labextension/src/views/sort-rows.ts';
import { sparkPath } from '../../../../labextension/src/views/spark-path.ts';
import { contentsPath } from '../../../../labextension/src/widget/file-path.ts';

describe('sorting', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 3 }, { n: 1 }];
  it('keeps rows without a figure last, in both directions', () => {
    const order = (descending: boolean) =>
      sortRows(rows, row => row.n, descending).map(row => row.n);
    expect(order(false)).toEqual([1, 2, 3, null]);
    expect(order(true)).toEqual([3, 2, 1, null]);
  });

  it('goes largest first, smallest first, as it was', () => {
    const first = nextOrder(null, 'time', true);
    const second = nextOrder(first, 'time', true);
    expect(first).toEqual({ column: 'time', descending: true });
    expect(second).toEqual({ column: 'time', descending: false });
    expect(nextOrder(second, 'time', true)).toBeNull();
    expect(nextOrder(second, 'name', false)).toEqual({ column: 'name', descending: false });
  });
});

it('goes round the tabs', () => {
  expect(nextTab('ArrowRight', 2, 3)).toBe(0);
  expect(nextTab('ArrowLeft', 0, 3)).toBe(2);
  expect(nextTab('Home', 2, 3)).toBe(0);
  expect(nextTab('End', 0, 3)).toBe(2);
  expect(nextTab('x', 0, 3)).toBeNull();
});

describe('sparkPath', () => {
  const box = { width: 100, height: 10 };
  it('spans the box and keeps the peak', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i === 321 ? 8 : 4));
    const path = sparkPath(
      values.map((_, i) => i + 1),
      values,
      [0, 8],
      box,
    );
    expect(path.length).toBeLessThan(600);
    expect(path).toMatch(/^M0 5\.0L/);
    expect(path).toContain(' 1.0');
  });

  it('is nothing without two points', () => {
    expect(sparkPath([5], [1], [0, 1], box)).toBe('');
  });
});

it('gives plotly text and no HTML', () => {
  expect(chartText('<b>&amp;')).toBe('&lt;b&gt;&amp;amp;');
  expect(chartLines(['a<br>b', 'c'])).toBe('a&lt;br&gt;b<br>c');
});

it('finds a file from the place of its notebook', () => {
  const path = (file: string) => contentsPath(file, '/home/u/work/sub/nb.ipynb', 'sub/nb.ipynb');
  expect(path('/home/u/work/lib/model.py')).toBe('lib/model.py');
  expect(path('/usr/lib/json.py')).toBeNull();
  expect(contentsPath('/a.py', null, 'nb.ipynb')).toBeNull();
  expect(contentsPath('/a.py', '/x/other.ipynb', 'nb.ipynb')).toBeNull();
});
