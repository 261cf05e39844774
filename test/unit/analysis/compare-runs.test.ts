import { describe, expect, it } from 'vitest';
import { compareRuns, type CellPair } from '../../../src/analysis/index.ts';
import { bytes, type Cell, type Finding } from '../../../src/profile/index.ts';
import { at, buildCell, buildProfile, MB, type CellOptions } from '../../support/profiles.ts';

const cell = (cellId: string | null, source: string, rest: CellOptions = {}): Cell =>
  buildCell({ cellId, source, ...rest });

const pairs = (before: readonly Cell[], after: readonly Cell[]) =>
  compareRuns(buildProfile(before), buildProfile(after)).cells;
const places = (found: readonly CellPair[]) => found.map(pair => [pair.before, pair.after]);

describe('compareRuns', () => {
  it('adds up the cells of each run', () => {
    const before = buildProfile([buildCell({ wallTimeMs: 3000 }), buildCell({ wallTimeMs: 1000 })]);
    const after = buildProfile([buildCell({ wallTimeMs: 500 }), buildCell({ wallTimeMs: 500 })]);
    expect(compareRuns(before, after).run).toContainEqual({
      metric: 'wallTimeMs',
      before: 4000,
      after: 1000,
      improvement: 0.75,
      noise: { isInside: false, by: 'threshold' },
    });
  });

  it('compares no sum that lacks a cell', () => {
    const unread = buildCell({ cpuUserMs: 0, memory: { peakMethod: 'unavailable' } });
    const metrics = (cells: readonly Cell[]) =>
      compareRuns(buildProfile([buildCell()]), buildProfile(cells)).run.map(({ metric }) => metric);
    expect(metrics([buildCell(), unread])).toEqual(['wallTimeMs']);
    expect(metrics([buildCell(), { ...unread, status: 'aborted' }])).toEqual([
      'wallTimeMs',
      'cpuMs',
      'cpuCores',
      'peakRssBytes',
    ]);
  });

  it('gives nothing for two runs without cells', () => {
    expect(compareRuns(buildProfile([]), buildProfile([]))).toEqual({
      run: [],
      cells: [],
      findings: { gone: [], added: [], stayed: [] },
      requests: [],
    });
  });
});

describe('cells of two runs', () => {
  it('are known again by their id, though they moved and were edited', () => {
    const found = pairs(
      [cell('a', 'load()'), cell('b', 'draw()')],
      [cell('b', 'draw(fast=True)'), cell('a', 'load()')],
    );
    expect(places(found)).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(found.map(pair => pair.edited)).toEqual([true, false]);
  });

  it('are known again by their code where ids are missing or new', () => {
    const found = pairs(
      [cell(null, 'load()'), cell('old', 'draw()\n')],
      [cell('x', 'load()'), cell('new', 'draw()')],
    );
    expect(places(found)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(found.some(pair => pair.edited)).toBe(false);
  });

  it('give the id its partner before the code does', () => {
    const found = pairs([cell('a', 'f()'), cell('b', 'g()')], [cell('b', 'f()'), cell('a', 'h()')]);
    expect(places(found)).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('pair in turn when one ran twice', () => {
    const twice = [
      cell('a', 'step()', { wallTimeMs: 100 }),
      cell('a', 'step()', { wallTimeMs: 200 }),
    ];
    expect(places(pairs(twice, twice))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(places(pairs(twice, twice.slice(1)))).toEqual([
      [0, 0],
      [1, null],
    ]);
  });

  it('stay where they were when they are gone, and have nothing to compare', () => {
    const found = pairs(
      [
        cell('first', '0'),
        cell('a', '1'),
        cell('gone', '2'),
        cell('gone too', '3'),
        cell('b', '4'),
      ],
      [cell('a', '1'), cell('b', '4'), cell('new', '5')],
    );
    expect(places(found)).toEqual([
      [0, null],
      [1, 0],
      [2, null],
      [3, null],
      [4, 1],
      [null, 2],
    ]);
    expect(found.filter(pair => pair.changes.length === 0)).toHaveLength(4);
  });

  it('compare what both measured', () => {
    const [pair] = pairs(
      [cell('a', 'x', { wallTimeMs: 2000, io: { readBytes: bytes(8 * MB) } })],
      [cell('a', 'x', { wallTimeMs: 1000, io: { note: 'no /proc' } })],
    );
    expect(pair?.changes.map(({ metric, improvement }) => [metric, improvement])).toEqual([
      ['wallTimeMs', 0.5],
      ['cpuMs', 0.5],
      ['cpuCores', 0],
      ['peakRssBytes', 0],
    ]);
  });

  it('are known by their name, where ids and code are new', () => {
    const found = pairs(
      [cell(null, '# Load\nslow()'), cell(null, '# Draw\nplot()')],
      [cell(null, '# Draw\nfaster()'), cell(null, 'setup()'), cell(null, '# Load\nfast()')],
    );
    expect(places(found)).toEqual([
      [1, 0],
      [null, 1],
      [0, 2],
    ]);
    expect(found.map(pair => pair.edited)).toEqual([true, false, true]);
  });

  it('are known by their place between known ones, where as many stand there', () => {
    const found = pairs(
      [cell(null, 'a()'), cell(null, 'slow()'), cell(null, 'b()')],
      [cell(null, 'a()'), cell(null, 'fast()'), cell(null, 'b()')],
    );
    expect(places(found)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    const other = pairs(
      [cell(null, 'a()'), cell(null, 'slow()'), cell(null, 'b()')],
      [cell(null, 'a()'), cell(null, 'x()'), cell(null, 'y()'), cell(null, 'b()')],
    );
    expect(places(other)).toEqual([
      [0, 0],
      [1, null],
      [null, 1],
      [null, 2],
      [2, 3],
    ]);
  });
});

describe('findings of two runs', () => {
  const finding = (id: string, executionCount: number, line: number): Finding => ({
    id,
    severity: 'warning',
    title: id,
    advice: 'Do it otherwise.',
    where: [at(executionCount, line)],
    evidence: {},
  });
  const run = (cells: readonly Cell[], findings: Finding[]) => buildProfile(cells, { findings });
  const ids = (findings: readonly Finding[]) => findings.map(found => found.id);

  it('are the same in the same cell, whatever line it moved to', () => {
    const before = run(
      [cell('a', 'load()', { executionCount: 1 }), cell('b', 'draw()', { executionCount: 2 })],
      [finding('csv', 1, 3), finding('plot', 2, 8), finding('plot', 2, 9)],
    );
    const after = run(
      [
        cell('new', 'setup()', { executionCount: 1 }),
        cell('a', 'load()', { executionCount: 2 }),
        cell('b', 'draw2()', { executionCount: 3 }),
      ],
      [finding('plot', 3, 1), finding('csv', 1, 3)],
    );
    const { gone, added, stayed } = compareRuns(before, after).findings;
    expect(ids(stayed)).toEqual(['plot']);
    expect(ids(gone)).toEqual(['csv', 'plot']);
    expect(ids(added)).toEqual(['csv']);
  });
});
