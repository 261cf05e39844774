import { describe, expect, it } from 'vitest';
import {
  findHeat,
  isSameHeat,
  type MeasuredCell,
} from '../../../../labextension/src/heat/cell-heat.ts';
import { lineSentence, lineTip } from '../../../../labextension/src/heat/line-words.ts';
import { heatStep } from '../../../../labextension/src/heat/steps.ts';
import { share, timestamp, type Cell } from '../../../../src/profile/index.ts';
import { HOSTILE, REVERSED } from '../../../support/hostile.ts';
import { at, buildCell, buildLine } from '../../../support/profiles.ts';

const measured = (
  id: string,
  profile: Cell,
  options: Partial<MeasuredCell> = {},
): MeasuredCell => ({
  id,
  source: profile.source,
  executionCount: profile.executionCount,
  profile,
  isStale: false,
  ...options,
});

const later = timestamp(new Date('2026-03-02T09:31:00Z'));
const DEFINES = 'def slow():\n    work()';
const CALLS = 'x = 1\nslow()';

const definer = buildCell({ executionCount: 1, source: DEFINES });
const caller = buildCell({
  executionCount: 2,
  startedAt: later,
  source: CALLS,
  lines: [
    buildLine(at(2, 2), 0, 0, { text: 'slow()', totalMs: 900 }),
    buildLine(at(1, 2), 900, 0.9, {
      text: '    work()',
      function: 'slow',
      offCpu: { sleep: 300, disk: 600 },
    }),
    buildLine(at('model.py', 3), 100, 0.1),
  ],
});

describe('findHeat', () => {
  it('shows lines where they were written, whichever cell ran them', () => {
    const heat = findHeat([measured('a', definer), measured('b', caller)]);
    expect([...heat.keys()]).toEqual(['a', 'b']);
    expect(heat.get('a')?.lines).toMatchObject([
      {
        line: 2,
        uses: [
          {
            ranBy: 2,
            function: 'slow',
            share: 0.9,
            waitMs: 900,
            waits: [
              { cause: 'disk', ms: 600 },
              { cause: 'sleep', ms: 300 },
            ],
          },
        ],
      },
    ]);
    expect(heat.get('b')?.lines).toMatchObject([
      { line: 2, uses: [{ ranBy: null, share: 0, totalShare: 0.9 }] },
    ]);
  });

  it('finds the cell by its prompt where it was not measured, if the text is the same', () => {
    const bare: MeasuredCell = {
      id: 'a',
      source: DEFINES,
      executionCount: 1,
      profile: null,
      isStale: false,
    };
    expect(findHeat([bare, measured('b', caller)]).get('a')?.source).toBe(DEFINES);
    const edited = { ...bare, source: 'def slow():\n    other()' };
    expect(findHeat([edited, measured('b', caller)]).has('a')).toBe(false);
  });

  it('takes no cell that ran later under the same count', () => {
    const restarted = buildCell({
      executionCount: 1,
      source: DEFINES,
      startedAt: timestamp(new Date('2026-03-02T10:00:00Z')),
    });
    expect(findHeat([measured('a', restarted), measured('b', caller)]).has('a')).toBe(false);
  });

  it('puts together a line and the comprehension in it', () => {
    const cell = buildCell({
      executionCount: 1,
      lines: [
        buildLine(at(1, 1), 100, 0.25, { totalMs: 400, rssGrowthBytes: 5 }),
        buildLine(at(1, 1), 300, 0.75, { function: '<listcomp>', rssGrowthBytes: 5 }),
      ],
    });
    expect(findHeat([measured('a', cell)]).get('a')?.lines).toMatchObject([
      { uses: [{ selfMs: 400, totalMs: 400, share: 1, rssGrowthBytes: 10 }] },
    ]);
  });

  it('is the same for the same figures, and another for others', () => {
    const cells = [measured('a', definer), measured('b', caller)];
    const [first, second] = [findHeat(cells).get('a'), findHeat(cells).get('a')];
    expect(isSameHeat(first, second)).toBe(true);
    expect(isSameHeat(first, undefined)).toBe(false);
    const again = findHeat([measured('a', definer), measured('b', { ...caller })]).get('a');
    expect(isSameHeat(first, again)).toBe(false);
  });

  it('takes a thousand cells within a frame, once their figures are known', () => {
    const cells = Array.from({ length: 1000 }, (_, count) => {
      const lines = Array.from({ length: 20 }, (_, i) => buildLine(at(count, i + 1), 10, 0.05));
      return measured(`${count}`, buildCell({ executionCount: count, lines }));
    });
    findHeat(cells);
    const startMs = performance.now();
    expect(findHeat(cells).size).toBe(1000);
    // Some 6 ms on a quiet machine; a busy one gets its share.
    expect(performance.now() - startMs).toBeLessThan(100);
  });

  it('tells a cell that still runs', () => {
    const cell = buildCell({ status: 'running', lines: [buildLine(at(1, 1), 10, 1)] });
    expect(findHeat([measured('a', cell)]).get('a')?.isLive).toBe(true);
  });
});

describe('the words of a hot line', () => {
  const [line] = findHeat([measured('a', definer), measured('b', caller)]).get('a')?.lines ?? [];

  it('tell time, waiting, memory and samples', () => {
    expect(line && lineTip(line, { isStale: false, isLive: false })).toEqual({
      sections: [
        {
          title: '90.0% of the time of cell [2]',
          rows: [
            ['Time', '900 ms'],
            ['Waiting', 'disk 600 ms, sleep 300 ms'],
            ['Function', 'slow'],
            ['Samples', '90'],
          ],
        },
      ],
      note: null,
    });
  });

  it('say what is not true any more', () => {
    expect(line && lineTip(line, { isStale: true, isLive: false }).note).toContain('edited');
    expect(line && lineSentence(line, true)).toBe(
      'Line 2: 90.0% of the time of cell [2], 900 ms, of it 100% waiting, measured before an edit.',
    );
  });

  it('show what names hide', () => {
    const cell = buildCell({
      lines: [
        buildLine(at(1, 1), 10, 1, {
          function: HOSTILE,
          callees: [{ name: HOSTILE, ms: 5 as never }],
        }),
      ],
    });
    const [hot] = findHeat([measured('a', cell)]).get('a')?.lines ?? [];
    const words = JSON.stringify(hot && lineTip(hot, { isStale: false, isLive: false }));
    for (const hidden of [REVERSED[0], '\u001b']) expect(words).not.toContain(hidden);
  });
});

describe('heatStep', () => {
  it('rises with the share', () => {
    const steps = [0, 0.019, 0.02, 0.07, 0.15, 0.29, 0.3, 1].map(part => heatStep(share(part)));
    expect(steps).toEqual([1, 1, 2, 3, 4, 4, 5, 5]);
  });
});
