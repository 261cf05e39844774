/** A cell with more of everything than an output may keep: long code, deep files, many functions, a full series. */
import {
  byteDelta,
  bytes,
  ms,
  timestamp,
  type FunctionNode,
  type Profile,
} from '../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile, buildVariable, GB, MB } from './profiles.ts';

const FILE = '/home/user/projects/analysis/src/pipelines/feature_extraction/models';

/** Digits that do not compress by chance: figures as they are measured. */
const figure = (i: number) => 1234.567891 + i * 17.3456789;

export function nasty(): Profile {
  const code = Array.from(
    { length: 200 },
    (_, i) => `    frame_${i} = transform(frames[${i}], column="länge")  # Schritt ${i}`,
  );
  const functions: FunctionNode[] = Array.from({ length: 1500 }, (_, i) => ({
    name: `pandas DataFrameGroupBy._apply_${i}.<locals>.wrapped_function_with_a_long_name`,
    source: at(`${FILE}/module_${i % 40}.py`, 10 + i),
    origin: i % 3 ? ('library' as const) : ('file' as const),
    parent: i === 0 ? -1 : Math.floor((i - 1) / 2),
    selfMs: ms(figure(i)),
    totalMs: ms(figure(i)),
    offCpuMs: ms(figure(i) / 3),
  }));
  for (let i = functions.length - 1; i > 0; i--) {
    const { parent, totalMs } = functions[i] as FunctionNode;
    const caller = functions[parent] as FunctionNode;
    caller.totalMs = ms(caller.totalMs + totalMs);
  }
  const line = (where: number | string, number: number, text: string) =>
    buildLine(
      at(where, number),
      figure(number),
      0.05 * 0.9 ** (typeof where === 'number' ? 200 - number : 300 - number),
      {
        text,
        function: 'Pipeline.extract_features.<locals>.transform',
        offCpu: {
          disk: 12.345,
          network: 1.234,
          lock: 2.345,
          sleep: 3.456,
          wait: 4.567,
          other: 0.789,
        },
        rssGrowthBytes: 12_345_678 * number,
        callees: Array.from({ length: 8 }, (_, i) => ({
          name: `pandas DataFrameGroupBy.method_number_${i}`,
          ms: ms(figure(i)),
        })),
      },
    );
  const points = Array.from({ length: 500 }, (_, i) => i + 1);
  const cell = buildCell({
    cellId: '0b5d7a0e-8f1c-4a39-9a76-3d1c1b6c4d58',
    executionCount: 12,
    source: code.join('\n'),
    wallTimeMs: 654_321.987,
    offCpuMs: { disk: 12_345.678, network: 2345.678, lock: 345.678 },
    lines: [
      ...code.map((text, i) => line(12, i + 1, text)),
      ...Array.from({ length: 300 }, (_, i) =>
        line(
          `${FILE}/module_${i % 40}.py`,
          i + 1,
          `        return self.transform(rows[${i}], columns)`,
        ),
      ),
    ],
    functions,
    memory: {
      startRssBytes: bytes(1.2 * GB),
      endRssBytes: bytes(2.2 * GB),
      peakRssBytes: bytes(3.2 * GB),
      series: {
        tMs: points.map(i => ms(i * 1308.643974)),
        rssBytes: points.map(i => bytes(1.2 * GB + i * 1_234_567)),
        cpuCores: points.map(i => 0.98765432 + (i % 7) / 13),
        readBytesPerSecond: points.map(i => 12_345_678.9 + i * 31),
        writeBytesPerSecond: points.map(i => 2_345_678.9 + i * 17),
      },
    },
    io: {
      readBytes: bytes(3.6 * GB),
      storageReadBytes: bytes(3.6 * GB),
      files: points.slice(0, 100).map(i => ({
        path: `/data/measurements/2026/station_${i}/raw/values-2026-03-${i}.parquet`,
        readBytes: bytes(i * 1.234567e6),
        writeBytes: bytes(i * 234_567),
        waitMs: ms(figure(i)),
      })),
    },
    variables: points.slice(0, 200).map(i =>
      buildVariable(`frame_after_transformation_${i}`, i * 12.34567 * MB, {
        shape: '9000000 × 14',
        growthBytes: byteDelta(i * 1_234_567),
      }),
    ),
    queries: points.slice(0, 60).map(i => ({
      system: 'postgresql',
      statement: `SELECT station, value, taken_at FROM measurements_${i} WHERE station = $1 ${'AND value > 0 '.repeat(60)}`,
      count: i,
      totalMs: ms(figure(i)),
      source: at(12, i),
    })),
    processes: points.slice(0, 64).map(i => ({
      pid: 10_000 + i,
      parentPid: 10_000,
      name: 'python -m joblib.externals.loky.backend.popen_loky_posix',
      cpuMs: ms(figure(i)),
      peakRssBytes: bytes(i * MB),
    })),
    sampling: { method: 'out-of-process', intervalMs: ms(10.0123), samples: 65_432, dropped: 12 },
  });
  return buildProfile([cell], {
    startedAt: timestamp(new Date('2026-03-02T09:30:00Z')),
    findings: points.slice(0, 6).map(i => ({
      id: `finding-${i}`,
      severity: 'warning' as const,
      title: 'The same file is read again and again',
      advice: 'Read it once, before the loop, and keep what is needed of it. '.repeat(2),
      where: [at(12, i), at(12, i + 1)],
      evidence: { calls: 120_000, path: `/data/measurements/2026/station_${i}/raw.parquet` },
      savesMs: ms(figure(i)),
    })),
  });
}
