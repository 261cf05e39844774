/** The five reports that users know the tool by, told by profiles of the same shape; genomics is in `text.test.ts`. */
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { byteDelta, bytes, ms, type Profile } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { renderers, renderHtmlFragment } from '../../../src/render/index.ts';
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
import { webApi } from '../../support/web-api.ts';

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
  expect(report).toContain(
    '- Data loading: 12% of total time (I/O-bound)\n- Data preprocessing: 47% of total time (CPU-bound)',
  );
  expect(report).not.toContain('preprocessing time spent on disk');
});

describe('web API', () => {
  const profile = webApi();
  const report = text(profile);

  it('endpoints by their mean response time', () => {
    expect(report).toContain(
      [
        'Endpoint Performance (Avg Response Time):',
        '- GET /api/users/{id}/activity: 1.9 s (40 requests, p95 2.5 s, 78% in queries)',
        '- GET /api/dashboard/summary: 2.9 s (10 requests, p95 3.7 s, 73% in 101 queries each)',
        '- GET /api/settings: 210 ms (20 requests, p95 273 ms, 2 failed)',
        '- calls GET rates.example.org/{id}: 30.0 ms (5 requests, p95 39.0 ms)',
      ].join('\n'),
    );
  });

  it('the database: its share, N+1, and the missing index', () => {
    expect(report).toContain(
      [
        'Database Profiling Results:',
        '- 73% of execution time in 1\u202f022 queries',
        '- 77% of total API time spent in database operations',
        '- 1\u202f010 × SELECT * FROM activity WHERE user_id = ? - 43.8 s',
        '- 12 × SELECT name FROM users - 90.0 ms',
        '- N+1 query pattern in 1 place: app.py:92',
        '- Missing index: activity of 1\u202f000\u202f000 rows read from end to end, 43.8 s; CREATE INDEX ON activity (user_id)',
      ].join('\n'),
    );
  });

  it('concurrency: locks with who holds them, the pool, the load, the cores', () => {
    expect(report).toContain(
      [
        'Concurrency Analysis:',
        '- 11% of execution time waiting for locks',
        '- 6.6 s waiting for a lock at cache.py:12, up to 8 threads at once; held at cache.py:15',
        '- 900 ms waiting for a place in a pool at app.py:90, up to 3 threads at once',
        '- GET /api/dashboard/summary: 400 ms alone, 4.5 s with 16 callers at once',
        '- 0.97 cores of 8 in use',
      ].join('\n'),
    );
  });

  it('findings with advice, code and where to read more', () => {
    expect(report).toContain(
      [
        '1. app.py:92, [3]:3 N+1 queries: one statement, sent 1010 times from one line. Fetch what all turns of the loop need with one statement. Saves up to 40.0 s.',
        '       marks = ", ".join("?" for _ in users)',
        '       rows = db.execute(',
        '           f"SELECT * FROM activity WHERE user_id IN ({marks})", users',
        '       ).fetchall()',
        '   See https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html',
      ].join('\n'),
    );
  });

  it('the same in Markdown, on the page and in a cell', () => {
    const built = buildReport(profile);
    for (const render of [renderers.md.render, renderers.html.render, renderHtmlFragment]) {
      const written = render(built).replace(/\\/g, '');
      expect(written).toContain('GET /api/settings: 210 ms');
      expect(written).toContain('CREATE INDEX ON activity (user_id)');
      expect(written).toContain('held at cache.py:15');
      expect(written).toContain('relationships.html');
      expect(written).toContain('rows = db.execute(');
    }
    expect(renderers.html.render(built)).toContain(
      '<a href="https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html"',
    );
    expect(renderers.html.render(built)).toContain('Seq Scan on activity');
  });

  it('makes no link of what is no https address', () => {
    const findings = profile.findings.map(finding => ({
      ...finding,
      docsUrl: 'javascript:alert(1)',
    }));
    const built = buildReport({ ...profile, findings });
    for (const render of [renderers.md.render, renderers.html.render, renderHtmlFragment])
      expect(render(built)).not.toMatch(/href="javascript|<javascript/);
  });

  it('a row a cell has its sums', () => {
    const [row] = Papa.parse<Record<string, string>>(
      renderers.csv.render(buildReport(profile)).trimEnd(),
      { header: true },
    ).data;
    expect(row).toMatchObject({
      queries: '1022',
      query_ms: '43890',
      requests: '75',
      lock_wait_ms: '7500',
      container_growth_bytes: '280000000',
    });
  });
});

it('tells no share of the run for statements of threads side by side', () => {
  const queries = [{ system: 'sqlite', statement: 'SELECT 1', count: 9, totalMs: ms(2500) }];
  expect(text(buildProfile([buildCell({ wallTimeMs: 1000, queries })]))).toContain(
    'Database Profiling Results:\n- 2.5 s in 9 queries, all threads together\n',
  );
});

it('says what was found behind the line that it was found on', () => {
  const finding: Profile['findings'][number] = {
    id: 'csv-reads',
    severity: 'warning',
    title: 'Inefficient CSV parsing',
    advice: 'Read Parquet.',
    where: [at('data_preprocessing.py', 289)],
    evidence: {},
  };
  const line = buildLine(at('data_preprocessing.py', 289), 342, 0.342, {
    text: 'row = parse(line)',
  });
  expect(text(buildProfile([buildCell({ lines: [line] })], { findings: [finding] }))).toContain(
    '1. data_preprocessing.py:289 - row = parse(line) (34.2%) - inefficient CSV parsing\n',
  );
});

it('names files that are read again, and containers that grow', () => {
  const report = text(
    buildProfile([
      buildCell({
        io: {
          readBytes: bytes(3.6 * GB),
          files: [
            { path: '/data/variants.csv', readBytes: bytes(3.6 * GB), waitMs: ms(1), opens: 3 },
            { path: '/data/log.txt', writeBytes: bytes(900), waitMs: ms(0), opens: 4000 },
            { path: '/data/once.csv', readBytes: bytes(5 * GB), waitMs: ms(9), opens: 1 },
          ],
        },
        containers: [
          {
            path: 'RiskCalculator.historical_data_cache',
            type: 'dict',
            items: 9000,
            itemsGrowth: 4000,
            growthBytes: byteDelta(1.2 * GB),
          },
        ],
      }),
    ]),
  );
  expect(report).toContain('- variants.csv read 3 times (3.6 GB in all)\n');
  expect(report).toContain('- log.txt opened for writing 4\u202f000 times\n');
  expect(report).not.toContain('once.csv');
  expect(report).toContain(
    '- RiskCalculator.historical_data_cache grew by 4\u202f000 items, 1.2 GB (dict, 9\u202f000 items)\n',
  );
});

it('web API without requests: databases and locks', () => {
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
