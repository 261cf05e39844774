import { describe, expect, it } from 'vitest';
import { bytes, ms, type Cell, type Profile } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { renderers, summaryLine } from '../../../src/render/index.ts';
import { genomics } from '../../support/genomics.ts';
import { hostile } from '../../support/hostile.ts';
import {
  at,
  buildCell,
  buildFunctions,
  buildLine,
  buildProfile,
  buildSeries,
  GB,
  MB,
} from '../../support/profiles.ts';

const text = (profile: Profile) => renderers.txt.render(buildReport(profile));
const ofCell = (cell: Cell) => text(buildProfile([cell]));
const line = (cell: Cell) => summaryLine(buildReport(buildProfile([cell])).cells[0]!);

it('writes the classic summary', () => {
  expect(text(genomics())).toMatchSnapshot();
});

it('writes one cell without comparing it to itself', () => {
  const [, loading] = genomics().cells;
  const alone = text({ ...genomics(), cells: [loading!], findings: [] });
  expect(alone).toContain(
    'genomics.ipynb · Python 3.13.1 · Cell [6]: Data loading · 42.1 s · peak 3.1 GB',
  );
  expect(alone).not.toContain('Cell Execution Times');
  expect(alone).not.toContain('Findings');
  expect(alone).toContain('stacks out-of-process, 100 samples every 10.0 ms, 0 dropped');
});

it('says where a function stands that has a namesake', () => {
  const called = (name: string, executionCount: number) => {
    const [top, ...inner] = buildFunctions(`<module> 1\n  ${name} 300`);
    return buildCell({
      executionCount,
      functions: [top!, ...inner.map(fn => ({ ...fn, source: at(executionCount, 2) }))],
    });
  };
  const told = text(buildProfile([called('main', 1), called('main', 2), called('work', 3)]));
  expect(told).toMatch(/% of execution time in main\(\) at \[1\]:2\n/);
  expect(told).toMatch(/% of execution time in main\(\) at \[2\]:2\n/);
  expect(told).toMatch(/% of execution time in work\(\)\n/);
});

describe('sections', () => {
  const headings = (summary: string) =>
    [...summary.matchAll(/^([A-Z].*):$/gm)].map(match => match[1]);

  it('appear only where there is something to say', () => {
    expect(headings(ofCell(buildCell()))).toEqual([
      'CPU Profiling Results',
      'Memory Profiling Results',
      'How this was measured',
    ]);
    const ofHostile = headings(text(hostile())).filter(name => !name?.startsWith('Compared'));
    expect(ofHostile).toEqual([
      'Cell Execution Times',
      'CPU Profiling Results',
      'Memory Profiling Results',
      'Line Profiling Hotspots',
      'I/O Profiling Results',
      'Endpoint Performance (Avg Response Time)',
      'Database Profiling Results',
      'Concurrency Analysis',
      'Findings',
      'How this was measured',
    ]);
  });

  it('tell waiting for locks and cores', () => {
    const summary = ofCell(
      buildCell({
        wallTimeMs: 1000,
        offCpuMs: { lock: 310 },
        gilWaitMs: ms(120),
        runQueueMs: ms(5),
      }),
    );
    expect(summary).toContain('Concurrency Analysis:\n- 31% of execution time waiting for locks\n');
    expect(summary).toContain("- 12% of execution time waiting for Python's global lock");
    expect(summary).not.toContain('without a core');
  });

  it('count what is read again, cell by cell', () => {
    const cells = [1, 2, 3].map(executionCount =>
      buildCell({
        executionCount,
        io: {
          readBytes: bytes(1.2 * GB),
          files: [{ path: '/d/variants.csv', readBytes: bytes(1.2 * GB), waitMs: ms(1) }],
        },
      }),
    );
    expect(text(buildProfile(cells))).toContain('- variants.csv read 3 times (3 × 1.2 GB)');
  });

  it('name the pattern of memory, its rate and what is suspected', () => {
    const series = buildSeries(
      Array.from({ length: 20 }, (_, i) => [i * 1000, 1e9 + i * 14.8 * MB] as const),
    );
    const cell = buildCell({
      wallTimeMs: 20_000,
      memory: { endRssBytes: bytes(1.3 * GB), peakRssBytes: bytes(15 * GB), series },
    });
    const findings: Profile['findings'] = [
      {
        id: 'memory-leak',
        severity: 'warning',
        title: 'Leak',
        advice: 'Bound it.',
        where: [],
        evidence: { suspect: 'risk.history' },
      },
    ];
    const summary = text(buildProfile([cell], { findings }));
    expect(summary).toContain(
      '- Memory pattern: steady growth, 14.8 MB/s (leak suspected: risk.history)',
    );
    expect(summary).toContain(
      "- Peak memory usage: 15.0 GB (94% of the machine's memory, 16.0 GB)",
    );
  });

  it('tell many cells by the longest, in their order', () => {
    const cells = Array.from({ length: 30 }, (_, i) =>
      buildCell({ executionCount: i + 1, wallTimeMs: 100 + i }),
    );
    const told = text(buildProfile(cells))
      .split('\n')
      .filter(row => row.startsWith('- Cell '));
    expect(told.map(row => Number(/\[(\d+)\]/.exec(row)?.[1]))).toEqual([
      21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ]);
    expect(text(buildProfile(cells))).toContain('- 20 other cells - 2.2 s (63.8%)');
  });

  it('tell a short cell that the user asked after', () => {
    const cells = [
      buildCell({ executionCount: 1, wallTimeMs: 60_000 }),
      buildCell({
        executionCount: 2,
        wallTimeMs: 5,
        label: 'numbers',
        source: '%%pyperf --label numbers\n1',
      }),
      buildCell({ executionCount: 3, wallTimeMs: 5 }),
    ];
    expect(text(buildProfile(cells))).toContain('- Cell [2]: numbers - 5.0 ms');
    expect(text(buildProfile(cells))).toContain('- 1 other cell - 5.0 ms');
  });
});

describe('what was not measured', () => {
  const unread = buildCell({
    cpuUserMs: 0,
    memory: {
      startRssBytes: bytes(0),
      endRssBytes: bytes(0),
      peakRssBytes: bytes(0),
      peakMethod: 'unavailable',
      note: 'The kernel runs elsewhere.',
    },
    io: { note: 'No access to /proc/1/io.' },
    sampling: {
      method: 'none',
      intervalMs: ms(0),
      samples: 0,
      dropped: 0,
      note: 'R has no sampler.',
    },
  });

  it('is said with its reason, and no zero stands for it', () => {
    const summary = ofCell(unread);
    expect(summary).toContain('memory not measured (The kernel runs elsewhere)');
    expect(summary).toContain('- Peak memory usage: not measured (The kernel runs elsewhere)');
    expect(summary).toContain('- Functions: not measured (R has no sampler)');
    expect(summary).toContain('- Bytes: not measured (No access to /proc/1/io)');
    expect(summary).not.toMatch(/\b0(\.0+)? (B|cores|ms)\b/);
  });

  it('is said in the summary line too', () => {
    expect(line(unread)).toBe(
      '1.0 s · CPU not measured (The kernel runs elsewhere) · memory not measured (The kernel runs elsewhere) · ' +
        'I/O not measured (No access to /proc/1/io)',
    );
  });
});

describe('summaryLine', () => {
  it('tells time, CPU, waiting, memory, I/O and the hottest line', () => {
    const [, loading] = genomics().cells;
    expect(line(loading!)).toBe(
      '42.1 s · CPU 0.12 cores · waiting: disk 87% · memory peak 3.1 GB (+2.8 GB) · read 3.6 GB · ' +
        'hottest [6]:5 pd.read_csv("variants.csv") for _ in range(3) (97%)',
    );
  });

  it('begins with how the cell ended, and calls a sampled peak a lower bound', () => {
    const died = buildCell({
      status: 'died',
      error: { name: 'KernelDied', message: 'killed by signal 9' },
      memory: { peakMethod: 'rss' },
      lines: [buildLine(at('deep.py', 4), 10, 1)],
    });
    expect(line(died)).toBe(
      'the kernel died: killed by signal 9 · 1.0 s · CPU 1.00 core · memory peak at least 100 MB (±0 B) · ' +
        'hottest deep.py:4 (100%)',
    );
  });
});

it('stays text, whatever the strings in it', () => {
  const summary = text(hostile());
  // eslint-disable-next-line no-control-regex
  expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  expect(summary).not.toMatch(/^(# two|- three)/m);
});
