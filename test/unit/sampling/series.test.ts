import { describe, expect, it } from 'vitest';
import { MOST_POINTS, OnlineSeries } from '../../../kernel/sampling/series.ts';
import { SeriesSchema } from '../../../src/profile/index.ts';

const point = (tMs: number, rssBytes = 0, cpuMs = 0, readBytes = 0, writeBytes = 0) => ({
  tMs,
  rssBytes,
  cpuMs,
  readBytes,
  writeBytes,
});

describe('OnlineSeries', () => {
  it('keeps every point while there are few', () => {
    const series = new OnlineSeries();
    series.add(point(0, 100));
    series.add(point(50, 200, 25, 1000, 500));
    series.add(point(100, 150, 50));
    expect(series.result()).toEqual({
      tMs: [0, 50, 100],
      rssBytes: [100, 200, 150],
      cpuCores: [0, 0.5, 1],
      readBytesPerSecond: [0, 20_000, 0],
      writeBytesPerSecond: [0, 10_000, 0],
    });
  });

  it('of eight hours has at most 500 points, its peak, its end and its integrals', () => {
    const series = new OnlineSeries();
    const ticks = 8 * 3600 * 20;
    for (let tick = 0; tick <= ticks; tick++) {
      const peak = tick === 123_457 ? 5_000_000 : 0;
      const isFirst = tick === 0;
      series.add(
        point(tick * 50, 1000 + (tick % 7) + peak, isFirst ? 0 : 30, tick % 3, isFirst ? 0 : 10),
      );
    }
    const result = SeriesSchema.parse(series.result());
    expect(result.tMs.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(result.tMs.length).toBeGreaterThanOrEqual(MOST_POINTS / 2);
    expect(result.tMs.at(-1)).toBe(ticks * 50);
    expect([...result.tMs].sort((a, b) => a - b)).toEqual(result.tMs);

    const peakAt = result.rssBytes.findIndex(rss => rss > 5_000_000);
    expect(result.tMs[peakAt - 1]).toBeLessThan(123_457 * 50);
    expect(result.tMs[peakAt]).toBeGreaterThanOrEqual(123_457 * 50);

    const integral = (rates: readonly number[]): number =>
      rates.reduce(
        (sum, rate, at) => sum + rate * ((result.tMs[at] ?? 0) - (result.tMs[at - 1] ?? 0)),
        0,
      );
    expect(integral(result.cpuCores)).toBeCloseTo(ticks * 30, 3);
    expect(integral(result.writeBytesPerSecond) / 1000).toBeCloseTo(ticks * 10, 3);
  });

  it('spreads its points evenly although ticks get rarer', () => {
    const series = new OnlineSeries();
    let tMs = 0;
    while (tMs < 3_600_000) series.add(point((tMs += tMs < 1000 ? 20 : tMs < 60_000 ? 50 : 100)));
    const { tMs: times } = series.result();
    const spans = times.map((end, at) => end - (times[at - 1] ?? 0)).slice(0, -1);
    expect(Math.max(...spans)).toBeLessThanOrEqual(4 * Math.min(...spans));
  });

  it('goes on after a look at it', () => {
    const series = new OnlineSeries();
    for (let tick = 0; tick < 1300; tick++) {
      series.add(point(tick * 10, tick));
      if (tick % 100 === 0) expect(series.result().rssBytes.at(-1)).toBe(tick);
    }
  });
});
