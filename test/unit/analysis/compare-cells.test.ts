import { describe, expect, it } from 'vitest';
import { compareCells, type MetricChange } from '../../../src/analysis/index.ts';
import { bytes, ms, share, type Cell } from '../../../src/profile/index.ts';
import { improvementWords, verdictOf } from '../../../src/render/change-words.ts';
import { buildCell } from '../../support/profiles.ts';

const before = buildCell({ wallTimeMs: 4700, io: { readBytes: bytes(3_600_000_000) } });
const after = buildCell({ wallTimeMs: 320, io: { readBytes: bytes(400_000_000) } });

describe('compareCells', () => {
  it('tells what got better and by how much', () => {
    const [time] = compareCells(before, after);
    expect(time).toMatchObject({ metric: 'wallTimeMs', before: 4700, after: 320 });
    expect(time?.improvement).toBeCloseTo(0.932, 3);
  });

  it('leaves out what neither used, and what one did not measure', () => {
    const unread = buildCell({ memory: { peakMethod: 'unavailable', note: 'no /proc' } });
    const metrics = compareCells(unread, after).map(change => change.metric);
    expect(metrics).not.toContain('writeBytes');
    expect(metrics).not.toContain('peakRssBytes');
  });

  it('gives no improvement where there was nothing before', () => {
    const changes = compareCells(buildCell(), after);
    expect(changes.find(change => change.metric === 'readBytes')?.improvement).toBeNull();
  });
});

describe('noise', () => {
  const change = (before: Cell, after: Cell, metric: MetricChange['metric'] = 'wallTimeMs') =>
    compareCells(before, after).find(found => found.metric === metric);
  const took = (wallTimeMs: number, low?: number, high?: number, runs = 5): Cell =>
    buildCell({
      wallTimeMs,
      ...(low !== undefined &&
        high !== undefined && {
          spread: {
            runs,
            confidence: share(0.9375),
            wallTimeMs: { median: ms(wallTimeMs), low: ms(low), high: ms(high) },
          },
        }),
    });

  it('is unknown for single runs: a stated threshold stands in', () => {
    expect(change(took(1000), took(950))?.noise).toEqual({ isInside: true, by: 'threshold' });
    expect(change(took(1000), took(850))?.noise).toEqual({ isInside: false, by: 'threshold' });
    // A scheduler's turn is no result, however large a share of a short cell it is.
    expect(change(took(10), took(20))?.noise.isInside).toBe(true);
  });

  it('is what the runs on both sides say, where there are enough', () => {
    const before = took(1000, 990, 1010);
    expect(change(before, took(970, 960, 980))?.noise).toEqual({
      isInside: false,
      by: 'intervals',
    });
    expect(change(took(1000, 600, 1400), took(700, 500, 900))?.noise.isInside).toBe(true);
    expect(change(before, took(970))?.noise.by).toBe('threshold');
    expect(change(before, took(970, 960, 980, 2))?.noise.by).toBe('threshold');
  });

  it('does not touch counts', () => {
    const asked = (count: number) =>
      buildCell({ queries: [{ system: 'sqlite', statement: 'SELECT 1', count, totalMs: ms(1) }] });
    expect(change(asked(100), asked(99), 'queryCount')).toMatchObject({
      before: 100,
      after: 99,
      noise: { isInside: false, by: 'exact' },
    });
  });

  it('is called by its name, and more cores neither good nor bad', () => {
    const same = change(took(1000), took(950))!;
    expect(improvementWords(same)).toBe('5.0%, inside the noise');
    expect(verdictOf(same)).toBe('noise');
    const slow = buildCell({ wallTimeMs: 1000, cpuUserMs: 270 });
    const fast = buildCell({ wallTimeMs: 1000, cpuUserMs: 890 });
    const cores = change(slow, fast, 'cpuCores')!;
    expect(improvementWords(cores)).toBe('229.6% more');
    expect(verdictOf(cores)).toBe('other');
    expect(verdictOf(change(took(320), took(4700))!)).toBe('worse');
    expect(improvementWords(change(took(320), took(4700))!)).toBe('1368.8% more');
  });
});

describe('what is compared', () => {
  it('counts queries where they were traced, and never takes blindness for none', () => {
    const asked = buildCell({
      queries: [{ system: 'sqlite', statement: 'SELECT 1', count: 423_000, totalMs: ms(900) }],
    });
    const metrics = (cell: Cell) => compareCells(asked, cell).map(({ metric }) => metric);
    expect(metrics(buildCell())).toContain('queryCount');
    expect(metrics(buildCell({ tracingNote: 'No instrumentation.' }))).not.toContain('queryCount');
  });

  it('takes the mean of all served requests, and the slowest route', () => {
    const request = (route: string, count: number, totalMs: number, p95Ms: number) => ({
      role: 'server' as const,
      method: 'GET',
      route,
      count,
      errors: 0,
      totalMs: ms(totalMs),
      p95Ms: ms(p95Ms),
      maxMs: ms(p95Ms),
    });
    const cell = buildCell({
      requests: [request('/a', 9, 900, 120), request('/b', 1, 1100, 1100)],
    });
    const changes = compareCells(cell, cell);
    expect(changes.find(({ metric }) => metric === 'responseMs')?.before).toBe(200);
    expect(changes.find(({ metric }) => metric === 'slowestP95Ms')?.before).toBe(1100);
  });
});
