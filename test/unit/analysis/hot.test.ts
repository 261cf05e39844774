import { describe, expect, it } from 'vitest';
import { findHotFunctions, findHotLines } from '../../../src/analysis/index.ts';
import { at, buildCell, buildFunctions, buildLine } from '../../support/profiles.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('findHotLines', () => {
  it('weighs a line by its cell', () => {
    const cells = [
      buildCell({ executionCount: 1, wallTimeMs: 900, lines: [buildLine(at(1, 1), 90, 0.1)] }),
      buildCell({ executionCount: 2, wallTimeMs: 100, lines: [buildLine(at(2, 1), 100, 1)] }),
    ];
    const [first, second] = findHotLines(cells);
    expect(first).toMatchObject({ source: at(2, 1), shareOfRun: 0.1 });
    expect(second?.shareOfRun).toBeCloseTo(0.09);
  });

  it('adds up a line that several cells called, of a file or of an earlier cell', () => {
    const lines = [
      buildLine(at('model.py', 7), 10, 0.5, { rssGrowthBytes: 5 }),
      buildLine(at(1, 2), 10, 0.5),
    ];
    const cells = [1, 2].map(executionCount => buildCell({ executionCount, lines }));
    const found = findHotLines(cells);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      selfMs: 20,
      shareOfRun: 0.5,
      cells: [0, 1],
      rssGrowthBytes: 10,
    });
  });

  it('keeps apart what a restart gave the same number', () => {
    const cells = [1, 1].map(executionCount =>
      buildCell({ executionCount, lines: [buildLine(at(1, 1), 10, 1)] }),
    );
    expect(findHotLines(cells).map(line => line.cells)).toEqual([[0], [1]]);
  });

  it('never tells more than the whole run', () => {
    const lines = [0.5, 0.3, 0.2].map((part, i) => buildLine(at(1, i + 1), part * 10, part));
    const cells = [100, 2000, 37].map(wallTimeMs => buildCell({ wallTimeMs, lines }));
    expect(sum(findHotLines(cells).map(line => line.shareOfRun))).toBeCloseTo(1);
  });

  it('leaves out lines without time of their own, and survives a run without time', () => {
    expect(findHotLines([buildCell({ lines: [buildLine(at(1, 1), 0, 0)] })])).toEqual([]);
    expect(
      findHotLines([buildCell({ wallTimeMs: 0, lines: [buildLine(at(1, 1), 1, 1)] })]),
    ).toMatchObject([{ shareOfRun: 0 }]);
    expect(findHotLines([])).toEqual([]);
  });
});

describe('findHotFunctions', () => {
  const names = (drawing: string) =>
    findHotFunctions([buildCell({ functions: buildFunctions(drawing) })]).map(fn => [
      fn.name,
      fn.selfMs,
    ]);

  it("gives a library's time to the function that called it", () => {
    expect(
      names(`
        <module> 1
          load 2
            pandas read_csv 30 library
              threading wait 7 runtime
          helper 5 file
      `),
    ).toEqual([
      ['load', 39],
      ['helper', 5],
      ['<module>', 1],
    ]);
  });

  it('counts nameless functions with the one that they were written in', () => {
    expect(names('<module> 0\n  similarity 1\n    similarity.<locals>.<genexpr> 9')).toEqual([
      ['similarity', 10],
    ]);
  });

  it("leaves out a thread that runs none of the user's code: it works for a line that waits", () => {
    expect(names('worker 3 runtime\n  numpy dot 4 library\n    mine 5')).toEqual([['mine', 5]]);
  });

  it('adds up to the part of the run that was sampled, whatever the cells', () => {
    const functions = buildFunctions('<module> 3\n  f 5\n    g 7 library\n  f 2');
    const cells = [
      buildCell({ wallTimeMs: 300, functions }),
      buildCell({ wallTimeMs: 500, functions }),
      buildCell({ wallTimeMs: 200 }),
    ];
    const found = findHotFunctions(cells);
    expect(sum(found.map(fn => fn.shareOfRun))).toBeCloseTo(0.8);
    expect(found.filter(fn => fn.name === 'f')).toHaveLength(1);
    expect(found.filter(fn => fn.name === '<module>').map(fn => fn.topLevelOfCell)).toEqual([1, 0]);
  });
});
