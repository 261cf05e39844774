import { describe, expect, it } from 'vitest';
import { checkBudget } from '../../../src/cli/budget/check.ts';
import { parseBudget } from '../../../src/cli/budget/read.ts';
import { budgetWords } from '../../../src/cli/budget/words.ts';
import { bytes, type Profile } from '../../../src/profile/index.ts';
import { buildCell, buildProfile, MB } from '../../support/profiles.ts';

const parse = (text: string) => parseBudget(text, 'budget.yml');

describe('a budget file', () => {
  it('says amounts with their units, in YAML or JSON', () => {
    const budget = parse(`
notebook: { time: 2 min, memory: 1.5 GB }
cells:
  - label: Data loading   # the slow one
    time: 500ms
  - { id: abc, memory: 2 GiB }
  - { index: 0, time: 1 h }
baseline: main
maxRegression: 10%
`);
    expect(budget).toEqual({
      notebook: { time: 120_000, memory: 1.5e9 },
      cells: [
        { label: 'Data loading', time: 500 },
        { id: 'abc', memory: 2 * 1024 ** 3 },
        { index: 0, time: 3_600_000 },
      ],
      baseline: 'main',
      maxRegression: { time: 0.1, memory: 0.1 },
    });
    expect(parse('{"notebook": {"time": "1 s"}}').notebook).toEqual({ time: 1000 });
    expect(parse('{baseline: x, maxRegression: {time: 5%}}').maxRegression).toEqual({ time: 0.05 });
  });

  it.each([
    [
      'notebok: { time: 1 s }',
      'the budget has the unknown key "notebok"; known are notebook, cells',
    ],
    ['notebook: { tiem: 1 s }', 'notebook has the unknown key "tiem"; known are time, memory'],
    ['cells: [{ label: a, time: 1 s, cpu: 1 }]', 'cells[0] has the unknown key "cpu"'],
    ['notebook: { time: 30 }', 'notebook.time must be an amount with its unit, such as "30 s"'],
    ['notebook: { memory: 2 parsecs }', 'notebook.memory must be an amount with its unit'],
    ['notebook: { time: -1 s }', 'notebook.time must be an amount'],
    ['cells: [{ time: 1 s }]', 'cells[0] names its cell by one of label, id, index'],
    ['cells: [{ label: a, id: b, time: 1 s }]', 'cells[0] names its cell by one of'],
    ['cells: [{ label: a }]', 'cells[0] sets no limit'],
    ['cells: { a: 1 }', 'cells must be a list'],
    ['maxRegression: 10%', 'the budget baseline and maxRegression go together'],
    ['{ baseline: x, maxRegression: much }', 'maxRegression must be a percentage'],
    ['{ baseline: x, maxRegression: { tiem: 1% } }', 'maxRegression has the unknown key "tiem"'],
    ['', 'the budget sets no limit'],
    ['- 1', 'the budget must be'],
    ['a: [', 'budget.yml is neither YAML nor JSON'],
  ])('refuses %s', (text, sentence) => {
    expect(() => parse(text)).toThrow(sentence);
  });
});

const run = (loadMs: number, drawMs: number, peak = 100 * MB): Profile =>
  buildProfile([
    buildCell({ cellId: 'a', source: '# Load\nload()', wallTimeMs: loadMs }),
    buildCell({
      cellId: 'b',
      executionCount: 2,
      source: 'draw()',
      wallTimeMs: drawMs,
      memory: { peakRssBytes: bytes(peak) },
    }),
  ]);

describe('a run against its budget', () => {
  const exceeded = (text: string, profile: Profile, baseline?: Profile) =>
    checkBudget(parse(text), profile, baseline)
      .filter(check => check.isExceeded)
      .map(({ what, figure, reason }) => [what, figure, ...(reason ? [reason] : [])]);

  it('may take what is allowed, and no more', () => {
    expect(exceeded('notebook: { time: 3 s }', run(1000, 2000))).toEqual([]);
    expect(exceeded('notebook: { time: 2.9 s }', run(1000, 2000))).toEqual([['notebook', 'time']]);
    expect(exceeded('notebook: { memory: 100 MB }', run(1, 1, 101 * MB))).toEqual([
      ['notebook', 'memory'],
    ]);
  });

  it('is checked cell by cell, by label, id or place', () => {
    for (const cell of ['label: Load', 'id: a', 'index: 0'])
      expect(exceeded(`cells: [{ ${cell}, time: 900 ms }]`, run(1000, 5))).toHaveLength(1);
    expect(exceeded('cells: [{ index: 1, time: 900 ms }]', run(1000, 5))).toEqual([]);
  });

  it('does not pass by what cannot be checked', () => {
    expect(exceeded('cells: [{ label: gone, time: 1 s }]', run(1, 1))).toEqual([
      ['cell gone', 'time', 'no such cell ran'],
    ]);
    const blind = buildProfile([buildCell({ memory: { peakMethod: 'unavailable' } })]);
    expect(exceeded('notebook: { memory: 1 GB }', blind)).toEqual([
      ['notebook', 'memory', 'not measured'],
    ]);
  });

  it('may not get worse than its baseline by more than is allowed', () => {
    const text = '{ baseline: main, maxRegression: { time: 20% } }';
    expect(exceeded(text, run(1150, 2300), run(1000, 2000))).toEqual([]);
    expect(exceeded(text, run(1000, 2900), run(1000, 2000))).toEqual([
      ['notebook', 'time regression'],
      ['cell [2]', 'time regression'],
    ]);
    // In a cell that is next to nothing of the run a few milliseconds are no regression.
    expect(exceeded(text, run(10, 2000), run(5, 2000))).toEqual([]);
    expect(exceeded(text, run(500, 1000), run(1000, 2000))).toEqual([]);
  });

  it('tells what was exceeded as a table', () => {
    const checked = checkBudget(
      parse('{ notebook: { time: 1 s, memory: 1 GB }, baseline: x, maxRegression: 10% }'),
      run(1000, 3000),
      run(1000, 2000),
    );
    expect(budgetWords('budget.yml', checked)).toBe(
      [
        'Budget budget.yml: 3 of 8 limits exceeded',
        'Of        Limit            Allowed  Measured',
        'notebook  time               1.0 s     4.0 s',
        'notebook  time regression   +10.0%    +33.3%',
        'cell [2]  time regression   +10.0%    +50.0%',
        '',
      ].join('\n'),
    );
    expect(budgetWords('b.yml', checked.slice(1, 2))).toBe('Budget b.yml: 1 limit kept.\n');
  });
});
