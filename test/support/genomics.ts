/** The notebook of product.md's example: reading slowly, computing, then drawing point by point. */
import { byteDelta, bytes, ms, type Profile } from '../../src/profile/index.ts';
import {
  at,
  buildCell,
  buildFunctions,
  buildLine,
  buildProfile,
  buildSeries,
  buildVariable,
  GB,
  MB,
} from './profiles.ts';

const LOADING = `%%pyperf --label "Data loading"
import pandas as pd

raw_frames = [
    pd.read_csv("variants.csv") for _ in range(3)
]
raw = pd.concat(raw_frames)`;

const FEATURES = `# Feature extraction
def similarity(a, b):
    return sum(x * y for x, y in zip(a, b))

matrix = [[similarity(a, b) for b in rows] for a in rows]`;

const DRAWING = `# Result visualization
fig, ax = plt.subplots()
xs, ys = project(matrix)
colours = palette(len(xs))

# one by one, so that labels can follow
for i in range(len(xs)):
    ax.plot(xs[i], ys[i], "o", color=colours[i])
fig.savefig("map.png")`;

/** Memory grows from `from` to `to` over the time; the rates vary a little, as real ones do. */
function ramp(durationMs: number, from: number, to: number, cores: number, points = 60) {
  return buildSeries(
    Array.from({ length: points }, (_, i) => {
      const part = (i + 1) / points;
      const wobble = 0.85 + 0.15 * Math.sin(i * 1.7);
      return [durationMs * part, from + (to - from) * part, cores * wobble] as const;
    }),
  );
}

export function genomics(): Profile {
  const loading = buildCell({
    executionCount: 6,
    source: LOADING,
    label: 'Data loading',
    wallTimeMs: 42_100,
    cpuUserMs: 5_200,
    offCpuMs: { disk: 36_600 },
    lines: [
      buildLine(at(6, 2), 310, 0.007, { text: 'import pandas as pd' }),
      buildLine(at(6, 5), 40_900, 0.971, {
        text: '    pd.read_csv("variants.csv") for _ in range(3)',
        offCpu: { disk: 36_600 },
        rssGrowthBytes: 2.2 * GB,
        callees: [{ name: 'pandas read_csv', ms: ms(40_800) }],
      }),
      buildLine(at(6, 7), 890, 0.022, {
        text: 'raw = pd.concat(raw_frames)',
        rssGrowthBytes: 700 * MB,
      }),
    ],
    functions: buildFunctions(`
      <module> 400
        pandas read_csv 800 library
          pandas TextReader.read 40000 library
        pandas concat 900 library
    `),
    memory: {
      startRssBytes: bytes(160 * MB),
      endRssBytes: bytes(3.0 * GB),
      peakRssBytes: bytes(3.1 * GB),
      series: {
        ...ramp(42_100, 160 * MB, 3.0 * GB, 0.13),
        readBytesPerSecond: Array.from({ length: 60 }, (_, i) => 9e7 + 2e7 * Math.sin(i)),
      },
    },
    io: {
      readBytes: bytes(3.6 * GB),
      storageReadBytes: bytes(3.6 * GB),
      files: [{ path: '/data/variants.csv', readBytes: bytes(3.6 * GB), waitMs: ms(36_600) }],
    },
    variables: [
      buildVariable('raw_frames', 2.2 * GB, { type: 'list', shape: '3 items' }),
      buildVariable('raw', 710 * MB, { shape: '9000000 × 14', growthBytes: byteDelta(710 * MB) }),
    ],
  });
  const features = buildCell({
    executionCount: 8,
    source: FEATURES,
    wallTimeMs: 174_000,
    lines: [
      buildLine(at(8, 3), 168_000, 0.966, {
        text: '    return sum(x * y for x, y in zip(a, b))',
        function: 'similarity',
      }),
      buildLine(at(8, 5), 6_000, 0.034, {
        totalMs: 174_000,
        text: 'matrix = [[similarity(a, b) for b in rows] for a in rows]',
        rssGrowthBytes: 300 * MB,
      }),
    ],
    functions: buildFunctions(`
      <module> 6000
        similarity 30000
          <genexpr> 138000
    `),
    memory: {
      startRssBytes: bytes(3.0 * GB),
      endRssBytes: bytes(3.3 * GB),
      peakRssBytes: bytes(3.3 * GB),
      series: ramp(174_000, 3.0 * GB, 3.3 * GB, 1),
    },
  });
  const drawing = buildCell({
    executionCount: 15,
    source: DRAWING,
    wallTimeMs: 222_000,
    lines: [
      buildLine(at(15, 3), 2_000, 0.009, { text: 'xs, ys = project(matrix)' }),
      buildLine(at(15, 8), 209_600, 0.944, {
        text: '    ax.plot(xs[i], ys[i], "o", color=colours[i])',
        rssGrowthBytes: 2.6 * GB,
        callees: [{ name: 'matplotlib Axes.plot', ms: ms(208_000) }],
      }),
      buildLine(at(15, 9), 10_400, 0.047, {
        text: 'fig.savefig("map.png")',
        offCpu: { disk: 900 },
      }),
    ],
    functions: buildFunctions(`
      <module> 1600
        matplotlib Axes.plot 61000 library
          matplotlib Line2D.__init__ 99000 library
          matplotlib Axes.autoscale_view 48000 library
        project 2000 file
        matplotlib Figure.savefig 10400 library
    `),
    offCpuMs: { disk: 900 },
    memory: {
      startRssBytes: bytes(3.3 * GB),
      endRssBytes: bytes(5.9 * GB),
      peakRssBytes: bytes(5.9 * GB),
      series: ramp(222_000, 3.3 * GB, 5.9 * GB, 1),
    },
  });
  const small = (executionCount: number, source: string, wallTimeMs: number) =>
    buildCell({
      executionCount,
      source,
      wallTimeMs,
      memory: {
        startRssBytes: bytes(160 * MB),
        endRssBytes: bytes(160 * MB),
        peakRssBytes: bytes(160 * MB),
      },
    });
  return buildProfile(
    [
      small(5, 'import this', 12.4),
      loading,
      small(7, 'rows = raw.values', 640),
      features,
      small(9, 'len(matrix)', 0.085),
      drawing,
      {
        ...small(16, 'publish(fig)', 3),
        status: 'error',
        error: { name: 'NameError', message: "name 'publish' is not defined" },
      },
    ],
    {
      findings: [
        {
          id: 'call-per-point',
          severity: 'critical',
          title: 'One plot call per point',
          advice: 'Draw all points in one call: ax.plot(xs, ys, "o").',
          where: [at(15, 8)],
          evidence: { calls: 120_000 },
          savesMs: ms(204_000),
        },
      ],
    },
  );
}
