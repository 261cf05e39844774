import { describe, expect, it } from 'vitest';
import {
  bytes,
  compactProfile,
  ms,
  ProfileSchema,
  serializeProfile,
  thinSeries,
  type FunctionNode,
} from '../../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile } from '../../support/profiles.ts';

const series = (count: number, peakAt: number) => ({
  tMs: Array.from({ length: count }, (_, i) => ms((i + 1) * 10)),
  rssBytes: Array.from({ length: count }, (_, i) => bytes(i === peakAt ? 9000 : 1000)),
  cpuCores: Array.from({ length: count }, (_, i) => (i % 2 ? 1 : 0)),
  readBytesPerSecond: Array.from({ length: count }, () => 5),
  writeBytesPerSecond: Array.from({ length: count }, () => 0),
});

describe('thinSeries', () => {
  it('keeps the peak, the end and the mean', () => {
    const thin = thinSeries(series(500, 321), 150);
    expect(thin.tMs.length).toBeLessThanOrEqual(150);
    expect(thin.tMs.at(-1)).toBe(5000);
    expect(Math.max(...thin.rssBytes)).toBe(9000);
    let area = 0;
    thin.tMs.forEach((t, i) => (area += (thin.cpuCores[i] ?? 0) * (t - (thin.tMs[i - 1] ?? 0))));
    expect(area / 5000).toBeCloseTo(0.5, 6);
    expect(new Set(thin.readBytesPerSecond)).toEqual(new Set([5]));
  });

  it('leaves a short series as it is', () => {
    const short = series(20, 3);
    expect(thinSeries(short, 150)).toBe(short);
  });
});

describe('compactProfile', () => {
  /** A chain of callers with many leaves, each level a little less than the one above. */
  const functions: FunctionNode[] = Array.from({ length: 1000 }, (_, i) => ({
    name: `f${i}`,
    origin: 'cell' as const,
    parent: i === 0 ? -1 : Math.floor((i - 1) / 3),
    selfMs: ms(1),
    totalMs: ms(1),
    offCpuMs: ms(0),
  }));
  for (let i = functions.length - 1; i > 0; i--) {
    const node = functions[i] as FunctionNode;
    const parent = functions[node.parent] as FunctionNode;
    parent.totalMs = ms(parent.totalMs + node.totalMs);
  }
  const cell = buildCell({
    functions,
    lines: Array.from({ length: 300 }, (_, i) =>
      buildLine(at(1, i + 1), i, 0.003, { text: 'x'.repeat(100) }),
    ),
    memory: {
      startRssBytes: bytes(1000),
      endRssBytes: bytes(1000),
      peakRssBytes: bytes(9000),
      peakMethod: 'hwm',
      series: series(500, 10),
    },
  });

  it('is small, valid, and keeps what is hottest', () => {
    const compact = compactProfile(buildProfile([cell]));
    expect(ProfileSchema.safeParse(compact).error).toBeUndefined();
    expect(serializeProfile(compact).length).toBeLessThan(60_000);
    expect(compact.cells[0]?.lines.at(-1)?.selfMs).toBe(299);
  });

  it('keeps the time of what it cuts from the call tree', () => {
    const [kept] = compactProfile(buildProfile([cell])).cells;
    const total = kept?.functions.reduce((sum, node) => sum + node.selfMs, 0);
    expect(kept?.functions.length).toBeGreaterThan(30);
    expect(kept?.functions.length).toBeLessThanOrEqual(120);
    expect(total).toBeCloseTo(1000, 6);
    kept?.functions.forEach((node, i) => expect(node.parent).toBeLessThan(i));
  });
});
