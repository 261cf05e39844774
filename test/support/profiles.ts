/** Builders of profiles for tests: everything has a sensible default, so that a test names only what it is about. */
import {
  byteDelta,
  bytes,
  ms,
  parseProfile,
  share,
  timestamp,
  type Cell,
  type FunctionNode,
  type Line,
  type OffCpu,
  type Profile,
  type Series,
  type Source,
  type Variable,
} from '../../src/profile/index.ts';

const START = timestamp(new Date('2026-03-02T09:30:00Z'));

export const MB = 1e6;
export const GB = 1e9;

export function buildOffCpu(parts: Partial<Record<keyof OffCpu, number>> = {}): OffCpu {
  const part = (cause: keyof OffCpu) => ms(parts[cause] ?? 0);
  return {
    disk: part('disk'),
    network: part('network'),
    lock: part('lock'),
    sleep: part('sleep'),
    wait: part('wait'),
    other: part('other'),
  };
}

/** @param points `[ms since the cell's start, resident bytes, cores in use]` */
export function buildSeries(points: readonly (readonly [number, number, number?])[]): Series {
  return {
    tMs: points.map(([t]) => ms(t)),
    rssBytes: points.map(([, rss]) => bytes(rss)),
    cpuCores: points.map(([, , cores]) => cores ?? 1),
    readBytesPerSecond: points.map(() => 0),
    writeBytesPerSecond: points.map(() => 0),
  };
}

/** `at(3, 8)` is `[3]:8`, `at('model.py', 20)` a line of a file. */
export const at = (where: number | string, line: number): Source =>
  typeof where === 'number' ? { executionCount: where, line } : { file: where, line };

export interface LineOptions {
  readonly text?: string;
  readonly function?: string;
  readonly totalMs?: number;
  readonly offCpu?: Partial<Record<keyof OffCpu, number>>;
  readonly rssGrowthBytes?: number;
  readonly callees?: Line['callees'];
}

export function buildLine(
  source: Source,
  selfMs: number,
  shareOfCell: number,
  options: LineOptions = {},
): Line {
  return {
    source,
    ...(options.text === undefined ? {} : { text: options.text }),
    function: options.function ?? '<module>',
    selfMs: ms(selfMs),
    totalMs: ms(options.totalMs ?? selfMs),
    share: share(shareOfCell),
    offCpuMs: buildOffCpu(options.offCpu),
    rssGrowthBytes: byteDelta(options.rssGrowthBytes ?? 0),
    samples: Math.round(selfMs / 10),
    ...(options.callees ? { callees: options.callees } : {}),
  };
}

/**
 * A call tree drawn by indentation, two spaces a level: `name selfMs origin`, the origin being `cell` unless told.
 *
 *     <module> 10
 *       load 20
 *         pandas read_csv 300 library
 */
export function buildFunctions(drawing: string): FunctionNode[] {
  const rows = drawing.split('\n').filter(row => row.trim() !== '');
  const margin = Math.min(...rows.map(row => row.search(/\S/)));
  const path: number[] = [];
  const nodes = rows.map((row, index): FunctionNode => {
    const match = /^(.*?) (\d+(?:\.\d+)?)(?: (cell|file|library|runtime))?$/.exec(row.trim());
    if (!match) throw new Error(`not a function: ${row}`);
    const depth = (row.search(/\S/) - margin) / 2;
    path[depth] = index;
    return {
      name: match[1] ?? '',
      origin: (match[3] ?? 'cell') as FunctionNode['origin'],
      parent: depth === 0 ? -1 : (path[depth - 1] ?? -1),
      selfMs: ms(Number(match[2])),
      totalMs: ms(Number(match[2])),
      offCpuMs: ms(0),
    };
  });
  const totals = nodes.map(node => node.selfMs as number);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = nodes[i]?.parent ?? -1;
    if (parent >= 0) totals[parent] = (totals[parent] ?? 0) + (totals[i] ?? 0);
  }
  return nodes.map((node, i) => ({ ...node, totalMs: ms(totals[i] ?? 0) }));
}

export const buildVariable = (
  name: string,
  sizeBytes: number,
  rest: Partial<Variable> = {},
): Variable => ({ name, type: 'pandas.DataFrame', sizeBytes: bytes(sizeBytes), ...rest });

export interface CellOptions extends Partial<
  Omit<Cell, 'wallTimeMs' | 'cpuUserMs' | 'offCpuMs' | 'memory' | 'io'>
> {
  readonly wallTimeMs?: number;
  readonly cpuUserMs?: number;
  readonly offCpuMs?: Partial<Record<keyof OffCpu, number>> | null;
  readonly memory?: Partial<Cell['memory']>;
  readonly io?: Partial<Cell['io']>;
}

/** A cell that ran for a second on one core, holding 100 MB, with no stacks sampled unless `lines` are told. */
export function buildCell(options: CellOptions = {}): Cell {
  const { wallTimeMs = 1000, cpuUserMs = wallTimeMs, memory, io, offCpuMs, ...rest } = options;
  const sampled = options.lines !== undefined || options.functions !== undefined;
  const off = offCpuMs === undefined ? (sampled ? {} : null) : offCpuMs;
  return {
    cellId: null,
    index: 0,
    executionCount: 1,
    source: 'work()',
    status: 'ok',
    startedAt: START,
    queuedMs: ms(0),
    wallTimeMs: ms(wallTimeMs),
    timeMethod: 'agent',
    cpuUserMs: ms(cpuUserMs),
    cpuSystemMs: ms(0),
    offCpuMs: off === null ? null : buildOffCpu(off),
    memory: {
      startRssBytes: bytes(100 * MB),
      endRssBytes: bytes(100 * MB),
      peakRssBytes: bytes(100 * MB),
      peakMethod: 'hwm',
      series: buildSeries([]),
      ...memory,
    },
    io: {
      readBytes: bytes(0),
      writeBytes: bytes(0),
      storageReadBytes: bytes(0),
      storageWriteBytes: bytes(0),
      files: [],
      ...io,
    },
    lines: [],
    functions: [],
    variables: [],
    queries: [],
    processes: [],
    sampling: sampled
      ? { method: 'out-of-process', intervalMs: ms(10), samples: 100, dropped: 0 }
      : { method: 'none', intervalMs: ms(0), samples: 0, dropped: 0 },
    ...rest,
  };
}

/** A profile of these cells, checked against the schema so that no test runs on an impossible one. */
export function buildProfile(cells: readonly Cell[], rest: Partial<Profile> = {}): Profile {
  return parseProfile({
    schemaVersion: 1,
    notebook: {
      path: 'work/genomics.ipynb',
      kernelName: 'python3-pyperf',
      language: 'python',
      languageVersion: '3.13.1',
    },
    startedAt: START,
    environment: {
      os: 'Linux 6.1.0 x64',
      cpuCount: 8,
      memoryLimitBytes: 16 * GB,
      memoryLimitSource: 'machine',
      pyperfVersion: '0.1.0',
      nodeVersion: '20.20.0',
      notes: [],
    },
    cells: cells.map((cell, index) => ({ ...cell, index })),
    findings: [],
    ...rest,
  });
}
