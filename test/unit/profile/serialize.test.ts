import { describe, expect, it } from 'vitest';
import { ms, roundProfile, serializeProfile, share } from '../../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile, buildSeries } from '../../support/profiles.ts';

const noisy = buildProfile([
  buildCell({
    wallTimeMs: 1234.567891234,
    offCpuMs: { disk: 0.1 + 0.2 },
    lines: [{ ...buildLine(at(1, 1), 1 / 3, 1 / 3), share: share(1 / 3) }],
    memory: { series: buildSeries([[1 / 7, 5e8, 2 / 3]]) },
    sampling: { method: 'v8', intervalMs: ms(10.00004), samples: 3, dropped: 0 },
  }),
]);

describe('serializeProfile', () => {
  it('rounds to what was measured: microseconds, milli-cores, millionths', () => {
    const cell = roundProfile(noisy).cells[0]!;
    expect(cell.wallTimeMs).toBe(1234.568);
    expect(cell.offCpuMs?.disk).toBe(0.3);
    expect(cell.lines[0]).toMatchObject({ selfMs: 0.333, share: 0.333333 });
    expect(cell.memory.series).toMatchObject({ tMs: [0.143], cpuCores: [0.667] });
    expect(cell.sampling.intervalMs).toBe(10);
  });

  it('writes the same bytes for the same profile', () => {
    expect(serializeProfile(roundProfile(noisy))).toBe(serializeProfile(noisy));
  });

  it('does not change its input', () => {
    const before = structuredClone(noisy);
    serializeProfile(noisy, 2);
    expect(noisy).toEqual(before);
  });

  it('keeps a cell with a full series small', () => {
    const points = Array.from(
      { length: 500 },
      (_, i) => [i * 1.23456789, 1e9 + i, Math.random()] as const,
    );
    const full = buildProfile([buildCell({ memory: { series: buildSeries(points) } })]);
    expect(serializeProfile(full).length).toBeLessThan(20_000);
  });
});
