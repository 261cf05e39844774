import { describe, expect, it } from 'vitest';
import { planCells } from '../../../../labextension/src/run/plan.ts';

const cell = (type: string, source: string, id = source) => ({ id, type, source });

describe('planCells', () => {
  it('takes the code cells that hold code, with their places in the notebook', () => {
    const cells = [
      cell('markdown', 'words'),
      cell('code', 'a = 1'),
      cell('code', ' \n'),
      cell('raw', 'b'),
      cell('code', 'c'),
    ];
    expect(planCells(cells)).toEqual([
      { id: 'a = 1', index: 1, name: 'a = 1' },
      { id: 'c', index: 4, name: 'c' },
    ]);
  });

  it('tells the hook of a heading, which the cell itself does not hold', () => {
    const cells = [
      cell('markdown', '# Load **data**'),
      cell('code', 'load()'),
      cell('markdown', '## Sums'),
      cell('code', '# Add\nadd()'),
    ];
    expect(planCells(cells)).toEqual([
      { id: 'load()', index: 1, name: 'Load data', label: 'Load data' },
      { id: '# Add\nadd()', index: 3, name: 'Add' },
    ]);
  });

  it('names no two cells by one heading', () => {
    const cells = [cell('markdown', '# Load'), cell('code', 'a()'), cell('code', 'b()')];
    expect(planCells(cells).map(({ name, label }) => [name, label])).toEqual([
      ['a()', undefined],
      ['b()', undefined],
    ]);
  });

  it('shows hostile names as text of one line', () => {
    expect(planCells([cell('code', '\u202eevil()\nx', 'id')])[0]?.name).toBe('\\u202eevil()');
  });
});
