import { describe, expect, it } from 'vitest';
import {
  baseName,
  formatBytes,
  formatCores,
  formatCount,
  formatGrowth,
  formatMeasured,
  formatMs,
  formatRoundMs,
  formatRoundShare,
  formatShare,
  formatSource,
  formatTimestamp,
  plain,
  plainCode,
} from '../../../src/render/index.ts';

it.each([
  [0, '0 ms'],
  [0.0001, '1 µs'],
  [0.085, '85 µs'],
  [0.9996, '1.0 ms'],
  [12.4, '12.4 ms'],
  [99.96, '100 ms'],
  [640, '640 ms'],
  [999.6, '1.0 s'],
  [42_100, '42.1 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [222_000, '3 min 42 s'],
  [492_000, '8 min 12 s'],
  [3_599_600, '1 h 00 min'],
  [18_720_000, '5 h 12 min'],
  [-1500, '−1.5 s'],
])('formatMs(%d) is %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

it.each([
  [300, '0 s'],
  [12_400, '12 s'],
  [59_600, '1 min 0 s'],
  [222_000, '3 min 42 s'],
])('formatRoundMs(%d) is %s', (ms, text) => {
  expect(formatRoundMs(ms)).toBe(text);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [14_800_000, '14.8 MB'],
  [410_000_000, '410 MB'],
  [999_700_000, '1.0 GB'],
  [5_900_000_000, '5.9 GB'],
  [2.5e18, '2500 PB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, '0.0%', '0%'],
  [0.0001, '<0.1%', '<1%'],
  [0.087, '8.7%', '9%'],
  [0.463, '46.3%', '46%'],
  [0.9999, '>99.9%', '>99%'],
  [1, '100.0%', '100%'],
])('a share of %d is %s, in short %s', (share, text, short) => {
  expect(formatShare(share)).toBe(text);
  expect(formatRoundShare(share)).toBe(short);
});

it('writes growth with its sign, cores, counts, sources and dates', () => {
  expect([2.2e9, 0, -3e7].map(formatGrowth)).toEqual(['+2.2 GB', '±0 B', '−30.0 MB']);
  expect([0.984, 1, 12].map(formatCores)).toEqual(['0.98 cores', '1.00 core', '12.0 cores']);
  expect(formatCount(423_000)).toBe('423\u202f000');
  expect(formatSource({ executionCount: 15, line: 8 })).toBe('[15]:8');
  expect(formatSource({ file: '/a/b/data.py', line: 289 })).toBe('data.py:289');
  expect(baseName('C:\\work\\a.ipynb')).toBe('a.ipynb');
  expect(formatTimestamp('2026-03-02T09:30:00.123Z')).toBe('2026-03-02 09:30:00 UTC');
  expect(formatTimestamp('2026-03-02T09:30:00+02:00')).toBe('2026-03-02 09:30:00+02:00');
});

it('says what was not measured, and why', () => {
  expect(formatMeasured({ value: 0 }, formatBytes)).toBe('0 B');
  expect(formatMeasured({ value: null, reason: '' }, formatBytes)).toBe('not measured');
  expect(formatMeasured({ value: null, reason: 'No /proc here.' }, formatBytes)).toBe(
    'not measured (No /proc here)',
  );
});

describe('plain', () => {
  it('keeps text on one line and shows what would act', () => {
    expect(plain(' a\n\tb\u001b[0m\u202ec\u0000 ')).toBe('a b\\u001b[0m\\u202ec\\u0000');
    expect(plain('naïve 日本 👩‍🔬')).toBe('naïve 日本 👩‍🔬');
    expect(plain('\ud800x')).toBe('\\ud800x');
  });

  it('cuts between characters, not within one', () => {
    expect(plain('👍👍👍', 2)).toBe('👍…');
    expect(plain('abc', 3)).toBe('abc');
  });

  it('leaves a line of code its spaces', () => {
    expect(plainCode('\tx  =  1\u202e')).toBe('\tx  =  1\\u202e');
  });
});
