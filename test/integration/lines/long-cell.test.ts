/** What the hook costs during a long cell; test/manual/ten-minutes.ts is the same for ten minutes. */
import { expect, it } from 'vitest';
import { measureLongCell } from './long-cell.ts';

it('a cell of twenty seconds: memory stays flat, the rate falls, the profile is small', async () => {
  const { cell, profileBytes, hook } = await measureLongCell(20);
  const most = (from: number, to: number): number =>
    Math.max(...hook.filter(({ tMs }) => tMs >= from && tMs < to).map(({ rssBytes }) => rssBytes));
  expect(most(15_000, 25_000) - most(0, 10_000)).toBeLessThan(10e6);
  expect(profileBytes).toBeLessThan(300_000);
  // 1 kHz for two seconds, 140 Hz at the end.
  expect(cell.sampling.intervalMs).toBeGreaterThan(2);
  expect(cell.sampling.samples).toBeGreaterThan(1000);
  const [first, last] = [hook.find(({ tMs }) => tMs > 10_000), hook.at(-1)];
  const cores =
    ((last?.cpuMs ?? NaN) - (first?.cpuMs ?? 0)) / ((last?.tMs ?? 0) - (first?.tMs ?? 0));
  expect(cores).toBeLessThan(0.1);
});
