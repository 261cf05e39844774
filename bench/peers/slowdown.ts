/** The slowdown: every workload under every tool in one run, in an order that changes from round to round. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KERNELS, Kernels, type KernelKind } from './cells.ts';
import type { PeerEnvironment } from './environment.ts';
import { PeerFailure, runScript, type Told } from './scripts.ts';
import { PEERS, type Peer } from './tools.ts';
import type { Workload } from './workloads.ts';

export interface Slowdown {
  readonly tool: string;
  readonly workload: string;
  readonly round: number;
  /** Time of a unit of work against the same without the tool, in the same round. */
  readonly ratio: number;
  /** The same of the CPU time of the thread that works: what others do on the machine changes it less. */
  readonly cpuRatio: number;
}

export interface SlowdownResult {
  readonly slowdowns: readonly Slowdown[];
  /** Why, by tool, and by `tool on workload` where others of it were measured. */
  readonly failures: Map<string, string>;
}

const NOTHING = 'nothing';
const BASES: Readonly<Record<Exclude<KernelKind, 'bare' | 'bare, one core'>, KernelKind>> = {
  'bare again': 'bare',
  us: 'bare',
  'us, one core': 'bare, one core',
};

export async function measureSlowdown(
  environment: PeerEnvironment,
  workloads: readonly Workload[],
  rounds: number,
  print: (line: string) => void,
): Promise<SlowdownResult> {
  const slowdowns: Slowdown[] = [];
  const failures = new Map(
    PEERS.flatMap(({ name, package: needed }) => {
      const why = needed === undefined ? undefined : environment.missing.get(needed);
      return why === undefined ? [] : [[name, `not installed: ${why}`] as const];
    }),
  );
  for (let round = 0; round < rounds; round++) {
    const kernels = await Kernels.start(KERNELS, environment.startedBy);
    try {
      for (const workload of shuffled(workloads)) {
        const peers = PEERS.filter(
          ({ name, once }) =>
            !failures.has(name) &&
            !failures.has(failureKey(name, workload)) &&
            (round === 0 || once !== true),
        );
        const times = await measureOnce(environment, kernels, workload, peers, failures);
        slowdowns.push(...slowdownsOf(times, workload.name, round));
        print(`round ${round + 1} of ${rounds}: ${workload.name}`);
      }
    } finally {
      await kernels.stop();
    }
  }
  return { slowdowns, failures };
}

const failureKey = (tool: string, workload: Workload): string => `${tool} on ${workload.name}`;

interface UnitTime {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

async function measureOnce(
  environment: PeerEnvironment,
  kernels: Kernels,
  workload: Workload,
  peers: readonly Peer[],
  failures: Map<string, string>,
): Promise<Map<string, UnitTime>> {
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-bench-'));
  const { bin, startedBy } = environment;
  const source = workload.script;
  const contenders: { name: string; run: () => Promise<{ readonly told: Told }> }[] = [
    ...[undefined, ...peers].map(peer => ({
      name: peer?.name ?? NOTHING,
      run: () => runScript({ bin, startedBy, folder, peer, source, args: [] }),
    })),
    ...KERNELS.map(kind => ({ name: kind, run: () => kernels.run(kind, workload.cell) })),
  ];
  const times = new Map<string, UnitTime>();
  try {
    for (const { name, run } of shuffled(contenders)) {
      try {
        times.set(name, (await run()).told as unknown as UnitTime);
      } catch (error) {
        if (!(error instanceof PeerFailure)) throw error;
        failures.set(failureKey(name, workload), error.message);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return times;
}

function slowdownsOf(
  times: ReadonlyMap<string, UnitTime>,
  workload: string,
  round: number,
): Slowdown[] {
  const bases: readonly (readonly [string, string])[] = [
    ...PEERS.map(({ name }) => [name, NOTHING] as const),
    ...Object.entries(BASES),
  ];
  return bases.flatMap(([tool, base]) => {
    const [own, bare] = [times.get(tool), times.get(base)];
    if (own === undefined || bare === undefined) return [];
    const ratio = own.wallSeconds / bare.wallSeconds;
    return [{ tool, workload, round, ratio, cpuRatio: own.cpuSeconds / bare.cpuSeconds }];
  });
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}
