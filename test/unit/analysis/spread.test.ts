import { describe, expect, it } from 'vitest';
import { confidenceOf, medianInterval } from '../../../src/analysis/index.ts';

describe('the interval of a median', () => {
  it('is least to greatest for a few runs, and says how much that is worth', () => {
    expect(medianInterval([5, 1, 3])).toEqual({ median: 3, low: 1, high: 5 });
    expect(medianInterval([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1, high: 4 });
    expect([2, 3, 5].map(confidenceOf)).toEqual([0.5, 0.75, 0.9375]);
  });

  it('leaves out the ends of many runs, as far as 95% stay', () => {
    const runs = Array.from({ length: 9 }, (_, i) => i);
    expect(medianInterval(runs)).toEqual({ median: 4, low: 1, high: 7 });
    for (let count = 6; count <= 40; count++)
      expect(confidenceOf(count)).toBeGreaterThanOrEqual(0.95);
  });

  it('holds the true median as often as it says, for times with a long tail', () => {
    let seed = 7;
    const random = () => ((seed = (seed * 48271) % 2147483647) - 1) / 2147483646;
    // Exponential: median ln 2.
    const run = () => -Math.log(1 - random());
    const TRIES = 4000;
    for (const count of [3, 5, 12]) {
      let held = 0;
      for (let i = 0; i < TRIES; i++) {
        const { low, high } = medianInterval(Array.from({ length: count }, run));
        if (low <= Math.LN2 && Math.LN2 <= high) held++;
      }
      const error = 4 * Math.sqrt(0.25 / TRIES);
      expect(Math.abs(held / TRIES - confidenceOf(count))).toBeLessThan(error);
    }
  });
});
