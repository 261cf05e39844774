import { describe, expect, it } from 'vitest';
import {
  moved,
  niceTicks,
  timeUnit,
  zoomed,
} from '../../../../labextension/src/views/timeline/time-axis.ts';
import { tracksOf } from '../../../../labextension/src/views/timeline/tracks.ts';
import { buildReport } from '../../../../src/report/index.ts';
import { buildCell, buildProfile, buildSeries, MB } from '../../../support/profiles.ts';

describe('the axis of time', () => {
  it('has the unit that reads best', () => {
    const names = [500, 5000, 400_000, 20_000_000].map(duration => timeUnit(duration).name);
    expect(names).toEqual(['ms', 's', 'min', 'h']);
  });

  it('zooms around the middle and stays within the run', () => {
    expect(zoomed([0, 100], 0.5, 100)).toEqual([25, 75]);
    expect(zoomed([0, 50], 2, 100)).toEqual([0, 100]);
    expect(zoomed([80, 100], 2, 100)).toEqual([60, 100]);
    expect(moved([0, 50], 0.5, 100)).toEqual([25, 75]);
    expect(moved([60, 100], 0.5, 100)).toEqual([60, 100]);
    expect(moved([10, 20], -5, 100)).toEqual([0, 10]);
  });

  it('has round ticks', () => {
    expect(niceTicks(1.08)).toEqual([0, 0.5, 1]);
    expect(niceTicks(3.2e9)).toEqual([0, 1e9, 2e9, 3e9]);
    expect(niceTicks(0)).toEqual([0]);
  });
});

it('draws only what was measured and moved', () => {
  const series = buildSeries([
    [500, 90 * MB],
    [1000, 100 * MB],
  ]);
  const titles = (memory: Parameters<typeof buildCell>[0]) =>
    tracksOf(buildReport(buildProfile([buildCell(memory)])).cells[0]!).map(track => track.title);
  expect(titles({ memory: { series } })).toEqual(['CPU, cores', 'Memory']);
  const reading = { ...series, readBytesPerSecond: [0, 5e6] };
  expect(titles({ memory: { series: reading } })).toEqual(['CPU, cores', 'Memory', 'I/O']);
  expect(titles({ memory: { series, peakMethod: 'unavailable' } })).toEqual(['CPU, cores']);
});
