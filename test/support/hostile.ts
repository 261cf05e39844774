/** A profile in which every string that comes from outside tries to become something else. */
import { byteDelta, bytes, ms, timestamp, type Profile } from '../../src/profile/index.ts';
import {
  at,
  buildCell,
  buildLine,
  buildProfile,
  buildSeries,
  buildVariable,
  MB,
} from './profiles.ts';

export const MARKUP = '</script></style><img src=x onerror=alert(1)>';
/** Turns the direction of writing round, so that code reads otherwise than it runs. */
export const REVERSED = '\u202egnp.exe';
const TERMINAL = '\u001b[31mred\u001b[0m\u0000';
const TABLE = '| `tick` **bold** [link](javascript:alert(1)) |';
const LINES = 'one\n# two\r\n- three';

export const HOSTILE = `${MARKUP}${REVERSED}${TERMINAL}${TABLE}${LINES}"'&amp;`;

export function hostile(): Profile {
  const cell = buildCell({
    cellId: HOSTILE,
    executionCount: 3,
    label: `=HYPERLINK("http://x")${HOSTILE}`,
    heading: HOSTILE,
    source: HOSTILE,
    status: 'error',
    error: { name: `=cmd()${HOSTILE}`, message: HOSTILE },
    wallTimeMs: 1000,
    offCpuMs: { disk: 400 },
    lines: [
      buildLine(at(3, 1), 600, 0.6, {
        text: HOSTILE,
        function: HOSTILE,
        callees: [{ name: HOSTILE, ms: ms(5) }],
      }),
      buildLine(at(`/tmp/${HOSTILE}.py`, 9), 400, 0.4, { text: HOSTILE, function: HOSTILE }),
    ],
    functions: [
      {
        name: HOSTILE,
        source: at(`/tmp/${HOSTILE}.py`, 9),
        origin: 'file',
        parent: -1,
        selfMs: ms(1000),
        totalMs: ms(1000),
        offCpuMs: ms(400),
      },
    ],
    memory: {
      note: HOSTILE,
      series: buildSeries([
        [500, 90 * MB],
        [1000, 100 * MB],
      ]),
    },
    io: {
      note: HOSTILE,
      readBytes: bytes(5 * MB),
      files: [{ path: `/data/${HOSTILE}`, readBytes: bytes(5 * MB), waitMs: ms(400) }],
    },
    variables: [
      buildVariable(HOSTILE, 50 * MB, { type: HOSTILE, shape: HOSTILE, sharedWith: HOSTILE }),
      buildVariable(`b${HOSTILE}`, 40 * MB, { type: HOSTILE, shape: HOSTILE }),
    ],
    queries: [
      {
        system: HOSTILE,
        statement: HOSTILE,
        count: 2,
        totalMs: ms(50),
        source: at(3, 1),
        route: HOSTILE,
        plan: {
          text: HOSTILE,
          scans: [{ table: HOSTILE, columns: [HOSTILE], rows: 9, createIndex: HOSTILE }],
        },
      },
    ],
    requests: [
      {
        role: 'server',
        method: HOSTILE,
        route: HOSTILE,
        count: 2,
        errors: 1,
        totalMs: ms(60),
        p95Ms: ms(40),
        maxMs: ms(40),
        byCallers: [
          { callers: 1, count: 1, meanMs: ms(20) },
          { callers: 2, count: 1, meanMs: ms(40) },
        ],
        source: at(`${HOSTILE}.py`, 3),
      },
    ],
    lockWaits: [
      {
        kind: 'lock',
        source: at(`${HOSTILE}.py`, 4),
        waitMs: ms(300),
        waiters: 2,
        heldAt: [at(`${HOSTILE}.py`, 5)],
      },
    ],
    containers: [
      { path: HOSTILE, type: HOSTILE, items: 3, itemsGrowth: 2, growthBytes: byteDelta(30 * MB) },
    ],
    tracingNote: HOSTILE,
    comparedWith: {
      name: HOSTILE,
      startedAt: timestamp(new Date('2026-03-01T09:30:00Z')),
      sameCode: false,
      wallTimeMs: ms(5000),
      lines: [{ text: HOSTILE, function: HOSTILE, selfMs: ms(4000), samples: 400 }],
    },
    processes: [1, 2].map(pid => ({
      pid,
      parentPid: 0,
      name: HOSTILE,
      cpuMs: ms(1),
      peakRssBytes: bytes(1),
    })),
    sampling: { method: 'v8', intervalMs: ms(10), samples: 100, dropped: 2, note: HOSTILE },
  });
  const profile = buildProfile([cell, { ...cell, executionCount: null }], {
    findings: [
      {
        id: 'x',
        severity: 'info',
        title: HOSTILE,
        advice: HOSTILE,
        where: [at(`${HOSTILE}.py`, 2)],
        evidence: { [HOSTILE]: HOSTILE },
        example: HOSTILE,
        docsUrl: 'javascript:alert(1)',
      },
      {
        id: 'memory-leak',
        severity: 'info',
        title: HOSTILE,
        advice: HOSTILE,
        where: [],
        evidence: { suspect: HOSTILE },
      },
    ],
  });
  return {
    ...profile,
    notebook: {
      path: `/home/${HOSTILE}`,
      kernelName: HOSTILE,
      language: HOSTILE,
      languageVersion: HOSTILE,
    },
    environment: {
      ...profile.environment,
      os: HOSTILE,
      pyperfVersion: HOSTILE,
      nodeVersion: HOSTILE,
      notes: [HOSTILE],
    },
  };
}
