import { expect, it } from 'vitest';
import { findMemoryPattern, joinMemory } from '../../../src/analysis/index.ts';
import { buildCell, buildSeries, MB } from '../../support/profiles.ts';

/** Memory in MB, one digit or more a second. */
const pattern = (...megabytes: number[]) =>
  findMemoryPattern(buildSeries(megabytes.map((mb, i) => [i * 1000, mb * MB] as const)));

it('says nothing of a few samples', () => {
  expect(pattern(100, 500, 900)).toBeNull();
  expect(pattern()).toBeNull();
});

it('takes noise for flat', () => {
  expect(pattern(500, 505, 498, 510, 500, 503, 499, 501)).toEqual({ kind: 'flat' });
});

it('gives the rate of a steady growth', () => {
  const found = pattern(100, 115, 128, 145, 160, 174, 190, 205, 220, 234);
  expect(found).toMatchObject({ kind: 'steady', growthBytes: 134 * MB });
  expect(found?.kind === 'steady' && found.bytesPerSecond / MB).toBeCloseTo(15, 0);
});

it('tells where a step was', () => {
  const found = pattern(100, 100, 101, 100, 100, 100, 900, 900, 901, 900, 900, 900, 900, 900);
  expect(found).toMatchObject({ kind: 'step', growthBytes: 800 * MB, atMs: 5000 });
});

it('tells a rapid growth from a step', () => {
  expect(pattern(100, 100, 100, 400, 700, 1000, 1000, 1000, 1000, 1000, 1000)).toMatchObject({
    kind: 'rapid',
    atMs: 2000,
  });
});

it('tells what was given back', () => {
  expect(pattern(100, 100, 500, 900, 900, 500, 100, 100, 100)).toEqual({
    kind: 'peak',
    riseBytes: 800 * MB,
    atMs: 3000,
  });
});

it('does not put a rate to what is no line', () => {
  expect(pattern(100, 420, 430, 300, 310, 420, 600, 560, 900, 880)).toMatchObject({
    kind: 'varying',
  });
});

it('tells cycles that come back from cycles that climb', () => {
  expect(pattern(100, 300, 500, 110, 300, 510, 100, 310, 500, 105, 300, 500, 100)).toEqual({
    kind: 'saw-tooth',
    riseBytes: 410 * MB,
    cycles: 4,
  });
  const climbing = pattern(100, 300, 500, 200, 400, 600, 300, 500, 700, 400, 600, 800, 500);
  expect(climbing).toMatchObject({ kind: 'cyclical', cycles: 4 });
  expect(climbing?.kind === 'cyclical' && climbing.growthBytes / MB).toBeGreaterThan(300);
  expect(climbing?.kind === 'cyclical' && climbing.growthBytes / MB).toBeLessThan(600);
});

it('gives the rate that most points agree on, whatever one of them says', () => {
  const found = pattern(100, 115, 130, 145, 220, 175, 190, 205, 220, 235, 250, 265, 280, 295);
  expect(found?.kind === 'steady' && found.bytesPerSecond / MB).toBeCloseTo(15, 1);
});

it('lays cells end to end, and keeps every peak of a long run', () => {
  const long = Array.from({ length: 500 }, (_, i) => [i * 2, i === 123 ? 7e9 : 1e9] as const);
  const cells = [1, 2, 3].map(() => buildCell({ memory: { series: buildSeries(long) } }));
  const { tMs, rssBytes } = joinMemory(cells);
  expect(tMs.length).toBeLessThanOrEqual(1000);
  expect(rssBytes.filter(rss => rss === 7e9)).toHaveLength(3);
  expect(tMs).toEqual([...tMs].sort((a, b) => a - b));
  expect(tMs.at(-1)).toBeGreaterThan(2900);
});
