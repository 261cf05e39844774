import { describe, expect, it } from 'vitest';
import {
  heatOf,
  ownRows,
  rowsElsewhere,
  timeParts,
  timeWords,
} from '../../../../labextension/src/views/lines/line-rows.ts';
import { splitTokens } from '../../../../labextension/src/views/lines/tokens.ts';
import { buildReport } from '../../../../src/report/index.ts';
import { at, buildCell, buildLine, buildProfile } from '../../../support/profiles.ts';

const cell = buildCell({
  executionCount: 4,
  source: 'a()\nb()',
  lines: [
    buildLine(at(4, 2), 100, 0.5, { offCpu: { disk: 30, lock: 10 } }),
    buildLine(at(2, 1), 60, 0.3, { text: 'def b():' }),
    buildLine(at('/tmp/model.py', 9), 40, 0.2, { function: 'fit' }),
  ],
});
const [report] = buildReport(buildProfile([cell])).cells;

describe('rows of the lines', () => {
  it('has every line of the cell, measured or not', () => {
    expect(ownRows(report!).map(row => [row.label, row.text, row.line?.selfMs])).toEqual([
      ['1', 'a()', undefined],
      ['2', 'b()', 100],
    ]);
  });

  it('has those of other cells and files apart, the hottest first', () => {
    expect(rowsElsewhere(report!).map(row => [row.label, row.text])).toEqual([
      ['[2]:1', 'def b():'],
      ['model.py:9', 'in fit'],
    ]);
  });

  it('splits a time into computing and its waits', () => {
    const parts = timeParts(cell.lines[0]!);
    expect(timeWords(parts)).toBe('CPU 60.0 ms, disk 30.0 ms, lock 10.0 ms');
    expect(timeParts(buildLine(at(1, 1), 10, 1, { offCpu: { sleep: 10 } }))).toEqual([
      { cause: 'sleep', ms: 10 },
    ]);
  });

  it('warms up in five steps', () => {
    expect([0, 0.004, 0.005, 0.05, 0.1, 0.2, 0.9].map(heatOf)).toEqual([0, 0, 1, 2, 3, 4, 5]);
  });
});

describe('splitTokens', () => {
  it('cuts a string over several lines', () => {
    const plain = (text: string) => ({ text, className: '' });
    const string = (text: string) => ({ text, className: 's' });
    expect(splitTokens([plain('a = '), string('"""x\n\ny"""'), plain('\nb')])).toEqual([
      [plain('a = '), string('"""x')],
      [],
      [string('y"""')],
      [plain('b')],
    ]);
  });
});
