import { describe, expect, it } from 'vitest';
import { liveFigures } from '../../../../labextension/src/live/live-figures.ts';
import { at, buildCell, buildLine, buildSeries, MB } from '../../../support/profiles.ts';

const look = (wallTimeMs: number, firstMs: number, secondMs: number) =>
  buildCell({
    cellId: 'a',
    status: 'running',
    wallTimeMs,
    lines: [buildLine(at(1, 1), firstMs, 0.6), buildLine(at(1, 2), secondMs, 0.4)],
    memory: {
      series: buildSeries([
        [500, 100 * MB],
        [1000, 130 * MB, 0.5],
      ]),
    },
  });

describe('liveFigures', () => {
  it('names the line that got the time since the last look', () => {
    const first = liveFigures(look(1000, 900, 100), null, null);
    expect(first.currentLine?.source).toEqual(at(1, 1));
    const second = liveFigures(look(1500, 900, 600), look(1000, 900, 100), null);
    expect(second.currentLine?.source).toEqual(at(1, 2));
    expect(second.hottest.map(({ source }) => source)).toEqual([at(1, 1), at(1, 2)]);
  });

  it('does not compare with another run', () => {
    const other = look(9000, 0, 8000);
    expect(liveFigures(look(1000, 900, 100), other, null).currentLine?.source).toEqual(at(1, 1));
  });

  it('tells memory now, and progress by the previous duration', () => {
    const figures = liveFigures(look(1000, 900, 100), null, 4000);
    expect(figures).toMatchObject({
      progress: 0.25,
      cores: 0.5,
      memory: { nowBytes: 130 * MB, growthBytes: 30 * MB },
    });
    expect(liveFigures(look(1000, 900, 100), null, 400).progress).toBe(1);
  });

  it('tells nothing that was not measured', () => {
    const cell = buildCell({ status: 'running', memory: { peakMethod: 'unavailable' } });
    expect(liveFigures(cell, null, null)).toMatchObject({
      progress: null,
      currentLine: null,
      hottest: [],
      memory: null,
      cores: null,
    });
  });
});
