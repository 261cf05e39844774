/** The five reports that users know the tool by, told by profiles of the same shape; genomics is in `text.test.ts`. */
import { expect, it } from 'vitest';
import { bytes, ms, type Profile } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { renderers } from '../../../src/render/index.ts';
import {
  at,
  buildCell,
  buildFunctions,
  buildLine,
  buildProfile,
  buildSeries,
  buildVariable,
  GB,
} from '../../support/profiles.ts';

const text = (profile: Profile) => renderers.txt.render(buildReport(profile));

/** 40 points over a cell. */
const over = (wallTimeMs: number, rss: (part: number) => number) =>
  buildSeries(Array.from({ length: 40 }, (_, i) => [(wallTimeMs * i) / 39, rss(i / 39)] as const));

it('recommendations: a function, its line, and memory that grows fast in it', () => {
  const report = text(
    buildProfile([
      buildCell({
        executionCount: 4,
        label: 'Similarity calculation',
        wallTimeMs: 4700,
        functions: buildFunctions(`
          <module> 100 cell
            product_similarity 3000 file
              numpy dot 400 library
            user_history 800 file
            tidy 400 file
        `),
        lines: [
          buildLine(at('recommendation.py', 348), 3000, 0.642, {
            text: 'scores[i][j] = dot(a, b)',
          }),
          buildLine(at('recommendation.py', 127), 720, 0.153, { text: 'for visit in history:' }),
        ],
        memory: {
          endRssBytes: bytes(2.4 * GB),
          peakRssBytes: bytes(2.4 * GB),
          series: over(
            4700,
            part => 0.2 * GB + 2.2 * GB * Math.min(1, Math.max(0, (part - 0.4) * 4)),
          ),
        },
        variables: [buildVariable('product_vectors', 1.7 * GB, { type: 'numpy.ndarray' })],
      }),
    ]),
  );
  expect(report).toContain(
    '- 72% of execution time in product_similarity()\n- 17% of execution time in user_history()\n',
  );
  expect(report).toContain('- Peak memory usage: 2.4 GB\n');
  expect(report).toContain('  1. product_vectors: 1.7 GB (numpy.ndarray)\n');
  expect(report).toContain('- Memory pattern: rapid growth, 2.2 GB\n');
  expect(report).toContain(
    '1. recommendation.py:348 - scores[i][j] = dot(a, b) (64.2%)\n2. recommendation.py:127 - for visit in history: (15.3%)\n',
  );
});

it('finance: hours, one query per row, a leak that fills the machine', () => {
  const wallTimeMs = 18_720_000;
  const leak: Profile['findings'][number] = {
    id: 'memory-leak',
    severity: 'critical',
    title: 'Memory grows without end',
    advice: 'Bound the cache.',
    where: [at('risk_calculator.py', 174)],
    evidence: { suspect: 'historical_data_cache' },
  };
  const report = text(
    buildProfile(
      [
        buildCell({
          wallTimeMs,
          cpuUserMs: wallTimeMs * 0.27,
          offCpuMs: { network: wallTimeMs * 0.5, disk: wallTimeMs * 0.2 },
          lines: [
            buildLine(at('data_preprocessing.py', 289), 6_402_240, 0.342, {
              text: 'row = parse(line)',
            }),
          ],
          queries: [
            {
              system: 'postgresql',
              statement: 'SELECT price FROM ticks WHERE id = ?',
              count: 423_000,
              totalMs: ms(wallTimeMs * 0.22),
            },
          ],
          memory: {
            endRssBytes: bytes(15.7 * GB),
            peakRssBytes: bytes(15.7 * GB),
            series: over(wallTimeMs, part => GB + 14.7 * GB * part),
          },
        }),
      ],
      { findings: [leak] },
    ),
  );
  expect(report).toContain('5 h 12 min');
  expect(report).toContain(
    '- CPU use: 0.27 cores of 8 on average\n- Waiting: 70% of execution time (network 50%, disk 20%)',
  );
  expect(report).toContain("- Peak memory usage: 15.7 GB (98% of the machine's memory, 16.0 GB)");
  expect(report).toContain(
    '- Memory pattern: steady growth, 785 kB/s (leak suspected: historical_data_cache)',
  );
  expect(report).toContain('1. data_preprocessing.py:289 - row = parse(line) (34.2%)');
  expect(report).toContain('- 22% of execution time in 423\u202f000 queries');
});

it('training: each stage with its share, and what kind of time it was', () => {
  const stage = (executionCount: number, label: string, wallTimeMs: number, disk = 0) =>
    buildCell({ executionCount, label, wallTimeMs, offCpuMs: { disk: disk * wallTimeMs } });
  const report = text(
    buildProfile([
      stage(2, 'Data loading', 12_000, 0.8),
      stage(3, 'Data preprocessing', 47_000),
      stage(4, 'Model training', 35_000),
      stage(5, 'Evaluation', 6_000),
    ]),
  );
  expect(report).toContain('- Cell [3]: Data preprocessing - 47.0 s (47.0%)');
  expect(report).toContain('- Cell [4]: Model training - 35.0 s (35.0%)');
  expect(report).toContain('- 80% of data loading time spent on disk I/O');
  expect(report).not.toContain('preprocessing time spent on disk');
});

it('web API: databases and locks', () => {
  const report = text(
    buildProfile([
      buildCell({
        wallTimeMs: 1850,
        offCpuMs: { network: 1200, lock: 200 },
        queries: [
          {
            system: 'postgresql',
            statement: 'SELECT * FROM activity WHERE user = ?',
            count: 800,
            totalMs: ms(1100),
          },
          { system: 'postgresql', statement: 'SELECT 1', count: 100, totalMs: ms(250.5) },
        ],
      }),
    ]),
  );
  expect(report).toContain(
    'Database Profiling Results:\n- 73% of execution time in 900 queries\n- 800 × SELECT * FROM activity WHERE user = ? - 1.1 s\n',
  );
  expect(report).toContain('Concurrency Analysis:\n- 11% of execution time waiting for locks\n');
});
