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
}

export interface SlowdownResult {
  readonly slowdowns: readonly Slowdown[];
  /** `py-spy: why`, each once. */
  readonly failures: ReadonlyMap<string, string>;
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
    const kernels = await Kernels.start();
    try {
      for (const workload of shuffled(workloads)) {
        const ratios = await measureOnce(environment, kernels, workload, failures);
        for (const [tool, ratio] of ratios) {
          slowdowns.push({ tool, workload: workload.name, round, ratio });
        }
        print(`round ${round + 1} of ${rounds}: ${workload.name}`);
      }
    } finally {
      await kernels.stop();
    }
  }
  return { slowdowns, failures };
}

async function measureOnce(
  environment: PeerEnvironment,
  kernels: Kernels,
  workload: Workload,
  failures: Map<string, string>,
): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-bench-'));
  const scripts: (Peer | undefined)[] = [undefined, ...PEERS];
  const contenders: { name: string; run: () => Promise<Told> }[] = [
    ...scripts
      .filter(peer => peer === undefined || !failures.has(peer.name))
      .map(peer => ({
        name: peer?.name ?? NOTHING,
        run: async () =>
          (await runScript({ ...environment, folder, peer, source: workload.script, args: [] }))
            .told,
      })),
    ...KERNELS.map(kind => ({
      name: kind,
      run: async () => (await kernels.run(kind, workload.cell)).told,
    })),
  ];
  const times = new Map<string, number>();
  try {
    for (const { name, run } of shuffled(contenders)) {
      try {
        const { units, seconds } = await run();
        times.set(name, (seconds as number) / (units as number));
      } catch (error) {
        if (!(error instanceof PeerFailure)) throw error;
        failures.set(name, `${workload.name}: ${error.message}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return ratiosOf(times);
}

function ratiosOf(times: ReadonlyMap<string, number>): Map<string, number> {
  const ratios = new Map<string, number>();
  const bases = new Map<string, string>([
    ...PEERS.map(({ name }) => [name, NOTHING] as const),
    ...Object.entries(BASES),
  ]);
  for (const [tool, base] of bases) {
    const [own, bare] = [times.get(tool), times.get(base)];
    if (own !== undefined && bare !== undefined) ratios.set(tool, own / bare);
  }
  return ratios;
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}
