import { describe, expect, it } from 'vitest';
import { ticks, timeTicks } from '../../../../labextension/src/report/nice-ticks.ts';
import { areaPath } from '../../../../labextension/src/report/overview-path.ts';
import { joinRun } from '../../../../labextension/src/report/run-timeline.ts';
import { timelineFigure } from '../../../../labextension/src/report/timeline-figure.ts';
import { bytes } from '../../../../src/profile/index.ts';
import { buildReport } from '../../../../src/report/index.ts';
import { hostile } from '../../../support/hostile.ts';
import { longRun } from '../../../support/long-run.ts';
import { buildCell, buildProfile, buildSeries, MB } from '../../../support/profiles.ts';

describe('joinRun', () => {
  const measured = buildCell({
    wallTimeMs: 1000,
    memory: {
      series: buildSeries([
        [500, 100 * MB, 2],
        [1000, 90 * MB, 0],
      ]),
    },
  });
  const short = buildCell({ wallTimeMs: 1000, memory: { peakRssBytes: bytes(120 * MB) } });
  const blind = buildCell({ wallTimeMs: 1000, memory: { peakMethod: 'unavailable' } });

  it('lays cells end to end', () => {
    const { bands, durationMs } = joinRun(buildProfile([measured, short]));
    expect(bands).toEqual([
      { cell: 0, startMs: 0, endMs: 1000 },
      { cell: 1, startMs: 1000, endMs: 2000 },
    ]);
    expect(durationMs).toBe(2000);
  });

  it('keeps peaks of memory and means of rates', () => {
    const line = joinRun(buildProfile([measured]), 1);
    expect(line.rssBytes).toEqual([100 * MB]);
    expect(line.cpuCores).toEqual([1]);
    expect(line.tMs).toEqual([500]);
  });

  it('knows the peak of a cell that was too short to follow, and nothing of one not measured', () => {
    const line = joinRun(buildProfile([measured, short, blind]), 6);
    expect(line.rssBytes).toEqual([100 * MB, 90 * MB, 120 * MB, 120 * MB, null, null]);
    expect(line.cpuCores).toEqual([2, 0, null, null, null, null]);
  });

  it('has nothing for a run without time', () => {
    const line = joinRun(buildProfile([buildCell({ wallTimeMs: 0, cpuUserMs: 0 })]));
    expect(line.tMs).toEqual([]);
    expect(line.durationMs).toBe(0);
  });

  it('is as short for a thousand cells', () => {
    const line = joinRun(longRun());
    expect(line.tMs).toHaveLength(800);
    expect(line.durationMs).toBeCloseTo(8 * 3_600_000, 0);
  });
});

describe('areaPath', () => {
  it('stands on the lower edge, with gaps', () => {
    const path = areaPath([1, null, 2, 2], 2, { width: 4, height: 10 });
    expect(path).toBe('M0.0 10V5.0H1.0V10ZM2.0 10V0.0H3.0V0.0H4.0V10Z');
  });
  it('draws nothing of nothing', () => {
    expect(areaPath([null, null], 0, { width: 4, height: 10 })).toBe('');
  });
});

describe('marks of an axis', () => {
  it('stand where a clock would show them', () => {
    expect(timeTicks(0, 439_000, 8).map(t => t / 60_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(timeTicks(0, 8 * 3_600_000, 8)).toHaveLength(9);
    expect(timeTicks(200, 1200, 5)).toEqual([200, 400, 600, 800, 1000, 1200]);
  });
  it('are at 1, 2 or 5 of a power of ten', () => {
    expect(ticks(0, 6.2e9, 3)).toEqual([0, 5e9]);
    expect(ticks(0, 1.05, 3)).toEqual([0, 0.5, 1]);
    expect(ticks(0, 0, 3)).toEqual([]);
  });
});

it('the figure shows hostile names as text', () => {
  const report = buildReport(hostile());
  const theme = {
    text: '',
    muted: '',
    grid: '',
    background: '',
    font: '',
    cpu: '',
    memory: '',
    read: '',
    write: '',
    cell: '',
    file: '',
    library: '',
    runtime: '',
    onOrigin: '',
  };
  const figure = timelineFigure(report, joinRun(report.profile), null, theme);
  const text = JSON.stringify(figure).replaceAll('<br>', '').replaceAll('<extra></extra>', '');
  expect(text).not.toMatch(/[<>]/);
  expect(text).not.toContain('\u202e');
});
