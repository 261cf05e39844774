import { describe, expect, it } from 'vitest';
import { buildCell, type CellFacts } from '../../../kernel/run/build-cell.ts';
import type { CellRun } from '../../../kernel/run/cell-run.ts';
import type { ResourceUsage } from '../../../kernel/sampling/protocol.ts';
import { bytes, monotonicNs, ms, timestamp, CellSchema } from '../../../src/profile/index.ts';

const io = (value: number) => ({
  readBytes: bytes(value),
  writeBytes: bytes(value),
  storageReadBytes: bytes(value),
  storageWriteBytes: bytes(value),
});

/** A kernel with one child: 100 ms of the tree's 300 ms are the kernel's own. */
const usage: ResourceUsage = {
  cpuUserMs: ms(300),
  cpuSystemMs: ms(30),
  startRssBytes: bytes(1000),
  endRssBytes: bytes(3000),
  peakRssBytes: bytes(4000),
  peakMethod: 'rss',
  series: { tMs: [], rssBytes: [], cpuCores: [], readBytesPerSecond: [], writeBytesPerSecond: [] },
  io: io(500),
  processes: [
    { pid: 1, parentPid: 0, name: 'kernel', cpuMs: ms(110), peakRssBytes: bytes(2000) },
    { pid: 2, parentPid: 1, name: 'child', cpuMs: ms(220), peakRssBytes: bytes(2000) },
  ],
  kernel: {
    cpuUserMs: ms(100),
    cpuSystemMs: ms(10),
    startRssBytes: bytes(600),
    endRssBytes: bytes(1200),
    peakRssBytes: bytes(2000),
    io: io(200),
  },
  notes: [],
};

const run: CellRun = {
  request: { msgId: 'm', code: 'x', magicLines: 0, skip: false },
  cellId: 'c',
  action: undefined,
  options: undefined,
  held: false,
  kernelRaises: true,
  stopsOnError: true,
  arrivedAt: timestamp(new Date('2026-01-01T00:00:00Z')),
  arrivedNs: 1_000_000n,
  executionCount: 3,
  busyDate: '2026-01-01T00:00:00.100Z',
  inputDate: '2026-01-01T00:00:00.200Z',
  replyDate: '2026-01-01T00:00:01.200Z',
  idleDate: '2026-01-01T00:00:01.300Z',
  reply: { status: 'ok' },
  isSampled: true,
  released: false,
};

const facts: CellFacts = {
  run,
  status: 'ok',
  index: 0,
  label: undefined,
  usage,
  marks: undefined,
  detail: {
    offCpuMs: null,
    lines: [],
    functions: [],
    variables: [],
    files: [],
    sampling: { method: 'none', intervalMs: ms(0), samples: 0, dropped: 0 },
  },
  failures: [],
};

const marks = {
  startNs: monotonicNs(51_000_000n),
  endNs: monotonicNs(151_000_000n),
  cpuUserMs: ms(90),
  cpuSystemMs: ms(9),
  startRssBytes: 700,
  endRssBytes: 1300,
  peakRssBytes: 2500,
  io: io(250),
};

describe('buildCell', () => {
  it('takes the times of the messages when there is no agent', () => {
    const cell = CellSchema.parse(buildCell(facts));
    expect(cell).toMatchObject({ wallTimeMs: 1000, queuedMs: 200, timeMethod: 'messages' });
    expect(cell.startedAt).toBe('2026-01-01T00:00:00.200Z');
    expect(cell).toMatchObject({ cpuUserMs: 300, cpuSystemMs: 30 });
  });

  it("puts the agent's figures in the place of the kernel's part, and keeps its children's", () => {
    const cell = CellSchema.parse(buildCell({ ...facts, marks }));
    expect(cell).toMatchObject({ wallTimeMs: 100, queuedMs: 50, timeMethod: 'agent' });
    expect(cell).toMatchObject({ cpuUserMs: 290, cpuSystemMs: 29 });
    expect(cell.memory).toMatchObject({ startRssBytes: 1100, endRssBytes: 3100 });
    expect(cell.io.readBytes).toBe(550);
  });

  it('calls the peak exact only when no child shares it', () => {
    const withChild = buildCell({ ...facts, marks });
    expect(withChild.memory).toMatchObject({ peakRssBytes: 4000, peakMethod: 'rss' });
    const alone = buildCell({
      ...facts,
      marks: { ...marks, peakRssBytes: 4500 },
      usage: { ...usage, processes: usage.processes.slice(0, 1) },
    });
    expect(alone.memory).toMatchObject({ peakRssBytes: 4500, peakMethod: 'hwm' });
  });

  it('says in the cell what failed on our side', () => {
    const cell = buildCell({ ...facts, failures: ['Lines were not measured: torn.'] });
    expect(cell.sampling.note).toBe('Lines were not measured: torn.');
  });

  it("keeps the user's label over the runner's", () => {
    const options = { lines: true, memory: 'rss' as const, quiet: false, label: 'mine' };
    expect(buildCell({ ...facts, run: { ...run, options }, label: 'theirs' }).label).toBe('mine');
    expect(buildCell({ ...facts, label: 'theirs' }).label).toBe('theirs');
  });
});
