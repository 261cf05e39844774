import { describe, expect, it } from 'vitest';
import { bytes, ms, type Profile } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { genomics } from '../../support/genomics.ts';
import { at, buildCell, buildLine, buildProfile, buildSeries, GB } from '../../support/profiles.ts';

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};

describe('buildReport', () => {
  it('leaves the profile as it was, and keeps it', () => {
    const profile = freeze(genomics());
    expect(buildReport(profile).profile).toBe(profile);
  });

  it('gives every cell its share of the run', () => {
    const { cells, run } = buildReport(genomics());
    expect(cells.reduce((sum, cell) => sum + cell.shareOfRun, 0)).toBeCloseTo(1);
    expect(run.wallTimeMs).toBeCloseTo(438_755.485);
    expect(run.peakShareOfLimit.value).toBeCloseTo(5.9 / 16);
  });

  it('puts what was measured beside the source, and tells apart what stands elsewhere', () => {
    const lines = [
      buildLine(at(4, 2), 60, 0.6),
      buildLine(at(2, 1), 10, 0.1),
      buildLine(at('a.py', 5), 30, 0.3),
      buildLine(at('a.py', 6), 0, 0, { totalMs: 30 }),
    ];
    const cell = buildCell({ executionCount: 4, source: 'a()\nb()\n\n', lines });
    const [told] = buildReport(buildProfile([cell])).cells;
    expect(told?.source).toEqual([
      { line: 1, text: 'a()', measured: null },
      { line: 2, text: 'b()', measured: lines[0] },
    ]);
    expect(told?.linesElsewhere).toEqual([lines[2], lines[1]]);
  });

  it('names the cell in which memory stepped up', () => {
    const flat = (from: number, rss: number) =>
      buildSeries(Array.from({ length: 20 }, (_, i) => [from + i * 50, rss] as const));
    const memory = { peakRssBytes: bytes(3 * GB) };
    const jump = buildSeries(
      Array.from({ length: 20 }, (_, i) => [i * 50, i < 5 ? GB : 3 * GB] as const),
    );
    const report = buildReport(
      buildProfile([
        buildCell({ memory: { ...memory, series: flat(0, GB) } }),
        buildCell({ memory: { ...memory, series: jump } }),
        buildCell({ memory: { ...memory, series: flat(0, 3 * GB) } }),
      ]),
    );
    expect(report.memory).toMatchObject({ pattern: { kind: 'step', atMs: 1200 }, patternCell: 1 });
  });

  it('takes the suspects of a leak from the findings', () => {
    const leak = (suspect: string | number): Profile['findings'][number] => ({
      id: 'memory-leak',
      severity: 'warning',
      title: 'Leak',
      advice: 'Bound it.',
      where: [],
      evidence: { suspect },
    });
    const findings = [
      leak('risk.history'),
      leak('risk.history'),
      leak(3),
      { ...leak('x'), id: 'other' },
    ];
    const report = buildReport(buildProfile([buildCell()], { findings }));
    expect(report.memory.leakSuspects).toEqual(['risk.history']);
    expect(report.findings).toHaveLength(4);
  });

  it('adds up waiting for the lock only where it was told', () => {
    const without = buildReport(buildProfile([buildCell()]));
    expect(without.run).toMatchObject({ gilWaitMs: null, runQueueMs: null, time: null });
    const some = [buildCell({ gilWaitMs: ms(3) }), buildCell(), buildCell({ gilWaitMs: ms(4) })];
    expect(buildReport(buildProfile(some)).run.gilWaitMs).toBe(7);
  });

  it('says why there are no stacks, unless there are some', () => {
    const none = buildCell();
    const noted = { ...none, sampling: { ...none.sampling, note: 'R has no sampler.' } };
    const reason = (...cells: (typeof none)[]) =>
      buildReport(buildProfile(cells)).run.noStacksReason;
    expect(reason(none, noted)).toBe('R has no sampler.');
    expect(reason(noted, buildCell({ lines: [] }))).toBe('');
  });
});
