import { describe, expect, it } from 'vitest';
import {
  findFileUse,
  findLargestVariables,
  findQueryUse,
  mainCause,
  measuredCpuMs,
  measuredIo,
  measuredMemory,
  rankCells,
  splitTime,
  totalRun,
} from '../../../src/analysis/index.ts';
import { bytes, ms } from '../../../src/profile/index.ts';
import { buildCell, buildVariable, MB } from '../../support/profiles.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

const unread = buildCell({
  wallTimeMs: 500,
  cpuUserMs: 0,
  memory: {
    startRssBytes: bytes(0),
    endRssBytes: bytes(0),
    peakRssBytes: bytes(0),
    peakMethod: 'unavailable',
    note: 'The kernel runs elsewhere.',
  },
  io: { note: '/proc/1/io may not be read.' },
});

describe('what was not measured', () => {
  it('is no zero', () => {
    expect(measuredMemory(unread)).toEqual({ value: null, reason: 'The kernel runs elsewhere.' });
    expect(measuredCpuMs(unread)).toEqual({ value: null, reason: 'The kernel runs elsewhere.' });
    expect(measuredIo(unread)).toEqual({ value: null, reason: '/proc/1/io may not be read.' });
    expect(totalRun([unread])).toMatchObject({
      wallTimeMs: 500,
      cpuMs: { value: null },
      cpuCores: { value: null },
      peakRssBytes: { value: null, reason: 'The kernel runs elsewhere.' },
      io: { value: null },
    });
  });

  it('takes a true zero for one', () => {
    expect(measuredIo(buildCell())).toEqual({
      value: { readBytes: 0, writeBytes: 0, storageReadBytes: 0, storageWriteBytes: 0 },
    });
    expect(measuredCpuMs(buildCell({ cpuUserMs: 0 }))).toEqual({ value: 0 });
  });

  it('does not thin the figures of other cells', () => {
    const totals = totalRun([unread, buildCell({ wallTimeMs: 1000, cpuUserMs: 2000 })]);
    expect(totals).toMatchObject({
      wallTimeMs: 1500,
      cpuMs: { value: 2000 },
      cpuCores: { value: 2 },
    });
    expect(rankCells([unread, buildCell()], 'memory')).toEqual([
      { cell: 1, cost: 100 * MB, share: 1 },
    ]);
  });
});

describe('splitTime', () => {
  it('adds up to the wall time of the cells that were sampled', () => {
    const cells = [
      buildCell({ wallTimeMs: 1000, offCpuMs: { disk: 300, lock: 100 } }),
      buildCell({ wallTimeMs: 500, offCpuMs: { disk: 500 } }),
      buildCell({ wallTimeMs: 9000, offCpuMs: null }),
    ];
    const split = splitTime(cells);
    expect(split).toMatchObject({ wallTimeMs: 1500, onCpuMs: 600, offCpuShare: 0.6 });
    expect(sum(Object.values(split?.offCpuMs ?? {})) + (split?.onCpuMs ?? 0)).toBe(1500);
    expect(splitTime([buildCell({ offCpuMs: null })])).toBeNull();
  });

  it('names what a cell did most', () => {
    const cause = (offCpuMs: { disk?: number; sleep?: number } | null) =>
      mainCause(buildCell({ wallTimeMs: 1000, offCpuMs }));
    expect(cause({ disk: 870 })).toEqual({ cause: 'disk', share: 0.87 });
    expect(cause({ disk: 300, sleep: 250 })).toEqual({ cause: 'cpu', share: 0.45 });
    expect(cause(null)).toBeNull();
  });

  it('tells a wait for processes and threads that compute from one for I/O, and from sleep', () => {
    const process = (pid: number, parentPid: number, cpuMs: number) => ({
      ...{ pid, parentPid, name: 'python', cpuMs: ms(cpuMs), peakRssBytes: bytes(0) },
    });
    const cause = (
      offCpuMs: { wait?: number; network?: number; sleep?: number },
      childMs: number,
      threadsMs = 0,
    ) =>
      mainCause(
        buildCell({
          ...{ wallTimeMs: 1000, offCpuMs, cpuUserMs: 100 + childMs + threadsMs },
          processes: [process(7, 1, 950), process(8, 7, childMs / 2), process(9, 8, childMs / 2)],
        }),
      )?.cause;
    expect(cause({ wait: 900 }, 800)).toBe('children');
    expect(cause({ wait: 900 }, 100)).toBe('wait');
    expect(cause({ network: 900 }, 800)).toBe('network');
    expect(cause({ sleep: 900 }, 0, 800)).toBe('threads');
    expect(cause({ sleep: 900 }, 100, 200)).toBe('sleep');
  });
});

it('ranks cells by what they cost, with shares that add up', () => {
  const cells = [100, 700, 200].map(wallTimeMs => buildCell({ wallTimeMs }));
  const ranked = rankCells(cells, 'time');
  expect(ranked.map(({ cell }) => cell)).toEqual([1, 2, 0]);
  expect(sum(ranked.map(({ share }) => share))).toBeCloseTo(1);
});

it('adds up files, queries and variables over cells', () => {
  const file = { path: '/d/a.csv', readBytes: bytes(5), waitMs: ms(10) };
  const query = { system: 'sqlite', statement: 'select 1', count: 4, totalMs: ms(3) };
  const cells = [10, 30].map(size =>
    buildCell({
      io: { files: [file, { path: '/d/b', waitMs: ms(1) }] },
      queries: [query],
      variables: [
        buildVariable('frame', size),
        buildVariable('alias', size, { sharedWith: 'frame' }),
      ],
    }),
  );
  expect(findFileUse(cells)).toEqual([
    { path: '/d/a.csv', readBytes: 10, writeBytes: null, waitMs: 20, opens: null, reads: [5, 5] },
    { path: '/d/b', readBytes: null, writeBytes: null, waitMs: 2, opens: null, reads: [] },
  ]);
  expect(findQueryUse(cells)).toEqual([
    { ...query, count: 8, totalMs: 6, sources: [], routes: [], plan: null },
  ]);
  expect(findLargestVariables(cells)).toMatchObject([{ name: 'frame', sizeBytes: 30 }]);
});
