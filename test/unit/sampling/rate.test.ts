import { describe, expect, it } from 'vitest';
import {
  MeanCost,
  resourceIntervalMs,
  sampleIntervalMs,
  withJitter,
} from '../../../kernel/sampling/rate.ts';

/** Share of a core that sampling takes in a span, with a sample of `costMs`. */
function shareTaken(fromMs: number, toMs: number, costMs: number, cores: number): number {
  let busyMs = 0;
  for (let at = fromMs; at < toMs; at += sampleIntervalMs({ elapsedMs: at, costMs, cores })) {
    busyMs += costMs + 0.06;
  }
  return busyMs / (toMs - fromMs);
}

describe('sampleIntervalMs', () => {
  it('starts at 1 kHz where a core is free', () => {
    expect(sampleIntervalMs({ elapsedMs: 0, costMs: 0.1, cores: 2 })).toBe(1);
    expect(sampleIntervalMs({ elapsedMs: 1900, costMs: 0.1, cores: 2 })).toBe(1);
  });

  it.each([0.05, 0.1, 0.2, 1])(
    'takes less than 2 %% of a core after a minute, at %d ms a sample',
    cost => {
      expect(shareTaken(60_000, 90_000, cost, 2)).toBeLessThan(0.0185);
      expect(shareTaken(8 * 3_600_000, 8 * 3_600_000 + 60_000, cost, 2)).toBeLessThan(0.0185);
    },
  );

  it('takes next to nothing after hours', () => {
    expect(shareTaken(3_600_000, 3_660_000, 0.1, 2)).toBeLessThan(0.003);
  });

  it.each([0.05, 0.15, 1])(
    'takes little from a cell that shares its core, at %d ms a sample',
    cost => {
      expect(shareTaken(0, 2000, cost, 1)).toBeLessThan(0.03);
    },
  );

  it('never gets faster as the cell gets older', () => {
    let before = 0;
    for (let elapsedMs = 0; elapsedMs < 1e6; elapsedMs += 500) {
      const interval = sampleIntervalMs({ elapsedMs, costMs: 0.1, cores: 2 });
      expect(interval).toBeGreaterThanOrEqual(before);
      before = interval;
    }
    expect(before).toBe(100);
  });

  it('is what the user asked for', () => {
    expect(sampleIntervalMs({ elapsedMs: 1e6, costMs: 0.1, cores: 1, rateHz: 200 })).toBe(5);
  });
});

describe('withJitter', () => {
  it('stays within a fifth and keeps the mean', () => {
    expect([0, 0.5, 1].map(dice => withJitter(10, dice))).toEqual([8, 10, 12]);
  });
});

describe('resourceIntervalMs', () => {
  it('looks at 50, 20 and 10 Hz, rarer when a look is dear', () => {
    expect([0, 5000, 100_000].map(age => resourceIntervalMs(age, 0.3, 2))).toEqual([20, 50, 100]);
    expect(resourceIntervalMs(0, 4, 2)).toBe(200);
    expect(resourceIntervalMs(0, 1, 1)).toBe(100);
  });
});

describe('MeanCost', () => {
  it('follows the cost, and one preempted sample hardly moves it', () => {
    const cost = new MeanCost();
    for (let i = 0; i < 50; i++) cost.add(0.1);
    cost.add(30);
    expect(cost.ms).toBeLessThan(0.12);
    for (let i = 0; i < 100; i++) cost.add(0.3);
    expect(cost.ms).toBeCloseTo(0.3, 2);
  });

  it('recovers at once from a first sample that was dear', () => {
    const cost = new MeanCost();
    cost.add(20);
    cost.add(0.1);
    expect(cost.ms).toBe(0.1);
  });
});
