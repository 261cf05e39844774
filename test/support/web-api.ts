/** A cell that serves an API from a database: everything that tracing tells of a cell, with findings and a comparison. */
import {
  byteDelta,
  bytes,
  ms,
  timestamp,
  type Profile,
  type Request,
} from '../../src/profile/index.ts';
import {
  at,
  buildCell,
  buildLine,
  buildProfile,
  buildSeries,
  buildVariable,
  MB,
} from './profiles.ts';

const SOURCE = `%%pyperf --label "Serve" --compare baseline
for user in users:
    client.get(f"/api/users/{user}/activity")
report = client.get("/api/dashboard/summary")`;

const request = (
  route: string,
  count: number,
  meanMs: number,
  rest: Partial<Request> = {},
): Request => ({
  role: 'server',
  method: 'GET',
  route,
  count,
  errors: 0,
  totalMs: ms(count * meanMs),
  p95Ms: ms(meanMs * 1.3),
  maxMs: ms(meanMs * 2),
  ...rest,
});

const STATEMENT = 'SELECT * FROM activity WHERE user_id = ?';

export const webApi = (): Profile =>
  buildProfile(
    [
      buildCell({
        cellId: 'cell-0',
        executionCount: 3,
        label: 'Serve',
        source: SOURCE,
        wallTimeMs: 60_000,
        cpuUserMs: 58_000,
        offCpuMs: { network: 40_000, lock: 6_600 },
        lines: [
          buildLine(at(3, 3), 43_000, 0.72, {
            text: '    client.get(f"/api/users/{user}/activity")',
          }),
          buildLine(at('app.py', 92), 15_000, 0.25, {
            text: 'rows = db.execute(ACTIVITY, (user,)).fetchall()',
            function: 'activity',
          }),
        ],
        memory: {
          endRssBytes: bytes(400 * MB),
          peakRssBytes: bytes(420 * MB),
          series: buildSeries(
            Array.from({ length: 30 }, (_, i) => [i * 2000, (100 + i * 10) * MB] as const),
          ),
        },
        io: {
          readBytes: bytes(36 * MB),
          files: [
            {
              path: '/srv/settings.json',
              readBytes: bytes(36 * MB),
              waitMs: ms(120),
              opens: 900,
              sources: [at('app.py', 31)],
            },
          ],
        },
        variables: [buildVariable('users', 2 * MB, { type: 'list', shape: '1000 items' })],
        containers: [
          {
            path: 'SummaryCache.entries',
            type: 'dict',
            items: 9000,
            itemsGrowth: 4000,
            growthBytes: byteDelta(280 * MB),
          },
        ],
        requests: [
          request('/api/dashboard/summary', 10, 2870, {
            queries: 1010,
            queryMs: ms(0.73 * 28_700),
            byCallers: [
              { callers: 1, count: 4, meanMs: ms(400) },
              { callers: 16, count: 6, meanMs: ms(4517) },
            ],
          }),
          request('/api/users/{id}/activity', 40, 1920, { queries: 40, queryMs: ms(60_000) }),
          request('/api/settings', 20, 210, { errors: 2 }),
          request('rates.example.org/{id}', 5, 30, { role: 'client' }),
        ],
        queries: [
          {
            system: 'postgresql',
            statement: STATEMENT,
            count: 1010,
            totalMs: ms(43_800),
            source: at('app.py', 92),
            route: '/api/dashboard/summary',
            plan: {
              text: 'Seq Scan on activity  (cost=0.00..18334.00 rows=98 width=64)\n  Filter: (user_id = $1)',
              scans: [
                {
                  table: 'activity',
                  columns: ['user_id'],
                  rows: 1_000_000,
                  createIndex: 'CREATE INDEX ON activity (user_id)',
                },
              ],
            },
          },
          {
            system: 'postgresql',
            statement: 'SELECT name FROM users',
            count: 12,
            totalMs: ms(90),
          },
        ],
        lockWaits: [
          {
            kind: 'lock',
            source: at('cache.py', 12),
            waitMs: ms(6_600),
            waiters: 8,
            heldAt: [at('cache.py', 15)],
          },
          { kind: 'pool', source: at('app.py', 90), waitMs: ms(900), waiters: 3, heldAt: [] },
        ],
        tracingNote:
          'Statements of psycopg are not traced: opentelemetry-instrumentation-psycopg is not installed.',
        comparedWith: {
          name: 'baseline',
          startedAt: timestamp(new Date('2026-03-01T09:30:00Z')),
          sameCode: false,
          wallTimeMs: ms(185_000),
          cpuMs: ms(58_500),
          peakRssBytes: bytes(240 * MB),
          queryCount: 101_000,
          lines: [
            {
              text: 'client.get(f"/api/users/{user}/activity")',
              function: '<module>',
              selfMs: ms(160_000),
              samples: 1600,
            },
          ],
        },
      }),
    ],
    {
      notebook: {
        path: 'work/api.ipynb',
        kernelName: 'python3-pyperf',
        language: 'python',
        languageVersion: '3.13.1',
      },
      findings: [
        {
          id: 'n-plus-one',
          severity: 'critical',
          title: 'N+1 queries: one statement, sent 1010 times from one line',
          advice: 'Fetch what all turns of the loop need with one statement.',
          where: [at('app.py', 92), at(3, 3)],
          evidence: { count: 1010, statement: STATEMENT },
          example:
            'marks = ", ".join("?" for _ in users)\nrows = db.execute(\n    f"SELECT * FROM activity WHERE user_id IN ({marks})", users\n).fetchall()\n',
          docsUrl: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html',
          savesMs: ms(40_000),
        },
        {
          id: 'growing-cache',
          severity: 'warning',
          title: 'SummaryCache.entries grows with each request',
          advice: 'Bound it, for instance with functools.lru_cache(maxsize=...).',
          where: [at('cache.py', 15)],
          evidence: { suspect: 'SummaryCache.entries' },
          savesBytes: bytes(280 * MB),
        },
      ],
    },
  );
