/**
 * A realistic profile of a long run: mostly small cells, some of seconds, few of many minutes, as notebooks are that run
 * for a working day. In full detail, as `jupyter pyperf run` writes it. The same every time.
 */
import {
  bytes,
  ms,
  timestamp,
  type Cell,
  type Profile,
  type Series,
} from '../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile, buildVariable, GB, MB } from './profiles.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00Z');
/** The hook's samples of resources, until there would be more than 500. */
const SAMPLE_MS = 100;
const FILES = ['train.parquet', 'valid.parquet', 'labels.csv', 'model.bin'];

/** Mulberry32: small, and good enough to draw from. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function longRun(cellCount = 1000, hours = 8): Profile {
  const random = randomFrom(cellCount);
  const weights = Array.from({ length: cellCount }, () => {
    const kind = random();
    if (kind < 0.55) return 0.02 + random();
    return kind < 0.92 ? 2 + 20 * random() : 60 + 300 * random();
  });
  const whole = weights.reduce((a, b) => a + b, 0);
  let startedMs = START;
  let heldBytes = 200 * MB;
  const cells = weights.map((weight, index) => {
    const wallTimeMs = (weight / whole) * hours * HOUR_MS;
    const endBytes = Math.max(150 * MB, heldBytes + (random() - 0.45) * 200 * MB);
    const cell = buildLongCell(index, startedMs, wallTimeMs, [heldBytes, endBytes], random);
    startedMs += wallTimeMs + 50;
    heldBytes = endBytes;
    return cell;
  });
  return buildProfile(cells, { startedAt: timestamp(new Date(START)) });
}

function buildLongCell(
  index: number,
  startedMs: number,
  wallTimeMs: number,
  [fromBytes, toBytes]: readonly [number, number],
  random: () => number,
): Cell {
  const lineCount = 4 + Math.floor(random() * 26);
  const names = Array.from({ length: lineCount }, (_, line) => `step_${index}_${line}`);
  const measured = wallTimeMs > 50 ? lineCount : 0;
  const parts = Array.from({ length: measured }, () => random() ** 4);
  const whole = parts.reduce((a, b) => a + b, 0);
  const peak = Math.max(fromBytes, toBytes) + random() * GB;
  const series = buildLongSeries(wallTimeMs, fromBytes, toBytes, peak, random);
  return buildCell({
    cellId: `cell-${index}`,
    executionCount: index + 1,
    source: [`# Step ${index}`, ...names.map(name => `${name} = transform(frame, "${name}")`)].join(
      '\n',
    ),
    startedAt: timestamp(new Date(startedMs)),
    wallTimeMs,
    cpuUserMs: wallTimeMs * (0.3 + random()),
    offCpuMs: { disk: wallTimeMs * 0.1 * random(), network: wallTimeMs * 0.05 * random() },
    memory: {
      startRssBytes: bytes(Math.round(fromBytes)),
      endRssBytes: bytes(Math.round(toBytes)),
      peakRssBytes: bytes(Math.round(peak)),
      series,
    },
    io: {
      readBytes: bytes(Math.round(random() * 300 * MB)),
      writeBytes: bytes(Math.round(random() * 20 * MB)),
      storageReadBytes: bytes(Math.round(random() * 100 * MB)),
      files: FILES.slice(0, Math.floor(random() * FILES.length)).map(name => ({
        path: `/data/${name}`,
        readBytes: bytes(Math.round(random() * 100 * MB)),
        waitMs: ms(wallTimeMs * 0.02),
      })),
    },
    lines: parts.map((part, line) =>
      buildLine(at(index + 1, line + 2), (part / whole) * wallTimeMs, part / whole, {
        text: `${names[line]} = transform(frame, "${names[line]}")`,
        callees: [{ name: 'pandas DataFrame.transform', ms: ms((part / whole) * wallTimeMs) }],
      }),
    ),
    functions: buildTree(measured === 0 ? 0 : 20 + Math.floor(random() * 100), wallTimeMs),
    variables: names.slice(0, 8).map(name => buildVariable(name, random() * 100 * MB)),
  });
}

/** Each function calls two others. */
function buildTree(count: number, wallTimeMs: number): Cell['functions'] {
  const selfMs = wallTimeMs / Math.max(1, count);
  const totalsMs = Array<number>(count).fill(selfMs);
  for (let i = count - 1; i > 0; i--) {
    const caller = (i - 1) >> 1;
    totalsMs[caller] = (totalsMs[caller] ?? 0) + (totalsMs[i] ?? 0);
  }
  return totalsMs.map((totalMs, i) => ({
    name: i === 0 ? '<module>' : `pandas.core.module_${i % 17}.function_${i}`,
    origin: i === 0 ? 'cell' : 'library',
    parent: i === 0 ? -1 : (i - 1) >> 1,
    selfMs: ms(selfMs),
    totalMs: ms(totalMs),
    offCpuMs: ms(0),
  }));
}

function buildLongSeries(
  wallTimeMs: number,
  fromBytes: number,
  toBytes: number,
  peakBytes: number,
  random: () => number,
): Series {
  const count = Math.min(500, Math.floor(wallTimeMs / SAMPLE_MS));
  const points = Array.from({ length: count }, (_, i) => (i + 1) / count);
  return {
    tMs: points.map(part => ms(part * wallTimeMs)),
    rssBytes: points.map((part, i) =>
      bytes(Math.round(i === count >> 1 ? peakBytes : fromBytes + (toBytes - fromBytes) * part)),
    ),
    cpuCores: points.map(() => random() * 2),
    readBytesPerSecond: points.map(() => Math.round(random() * 1e7)),
    writeBytesPerSecond: points.map(() => Math.round(random() * 1e6)),
  };
}
