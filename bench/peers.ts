/**
 * Ours and other Python profilers: what each slows the same programs down by, and how well it tells where time goes.
 *
 * `npm run bench -- peers [--quick | --rounds 3] [--priority] [--only planets,tasks] [--no-accuracy]`. All is measured in one run, in turns: a busy machine slows everything.
 * Ratios of per cents need a quiet one all the same. Peers are measured on scripts against the same script alone, we on a
 * `%%pyperf` cell against the same cell in a bare kernel. Programs time their own work, so no tool's start or end counts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../test/support/kernels.ts';
import { measureAccuracy, type Accuracy } from './peers/accuracy.ts';
import { openEnvironment, type PeerEnvironment } from './peers/environment.ts';
import { measureSlowdown, type Slowdown, type SlowdownResult } from './peers/slowdown.ts';
import { quantile, summarise, table, times } from './peers/table.ts';
import { PEERS } from './peers/tools.ts';
import { readWorkloads } from './peers/workloads.ts';

export const name = 'peers';
/** On a machine that does other things as well; asks for the right to. */
const FIRST = ['nice', '-n', '-20'];
const ROUNDS = 3;
const WORKLOAD_SECONDS = 1.2;
const ACCURACY_SECONDS = 2;

interface Row {
  readonly tool: string;
  readonly measures: string;
  readonly version: string;
}

export async function run(
  print: (line: string) => void = console.log,
  options: readonly string[] = [],
): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      'no-accuracy': { type: 'boolean' },
      priority: { type: 'boolean' },
    },
  });
  const rounds = values.quick ? 1 : Number(values.rounds ?? ROUNDS);
  if (!(rounds >= 1)) throw new Error('--rounds needs a number of at least 1');
  const began = performance.now();
  const load = loadavg()[0] ?? 0;
  print(`${availableParallelism()} cores, load ${load.toFixed(1)} before the start`);
  const environment = openEnvironment(values.priority ? FIRST : [], print);
  const workloads = readWorkloads(WORKLOAD_SECONDS).filter(({ name: workload }) =>
    values.only === undefined ? true : values.only.split(',').includes(workload),
  );
  const slowdown = await measureSlowdown(environment, workloads, rounds, print);
  const meta = { cores: availableParallelism(), load, rounds, priority: values.priority ?? false };
  // What was measured stays, should the rest be cut short.
  const file = save(meta, environment, slowdown, []);
  const accuracy = values['no-accuracy']
    ? []
    : await measureAccuracy(environment, slowdown.failures, ACCURACY_SECONDS, print);
  save(meta, environment, slowdown, accuracy);
  for (const line of report(environment, slowdown, accuracy)) print(line);
  print(`measured in ${Math.round((performance.now() - began) / 1000)} s; all figures: ${file}`);
}

function save(
  meta: object,
  environment: PeerEnvironment,
  { slowdowns, failures }: SlowdownResult,
  accuracy: readonly Accuracy[],
): string {
  const folder = join(ROOT, '.setup/bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'peers.json');
  const figures = {
    ...{ measuredAt: new Date().toISOString(), ...meta },
    versions: Object.fromEntries(environment.versions),
    failures: Object.fromEntries(failures),
    ...{ slowdowns, accuracy },
  };
  writeFileSync(file, JSON.stringify(figures, null, 1));
  return file;
}

function report(
  environment: PeerEnvironment,
  { slowdowns, failures }: SlowdownResult,
  accuracy: readonly Accuracy[],
): string[] {
  const ours = 'lines, CPU, memory, I/O, off-CPU; 1 kHz, falling';
  const rows: Row[] = [
    { tool: 'us', measures: ours, version: '' },
    { tool: 'us, one core', measures: 'the same, hook and kernel on one core', version: '' },
    { tool: 'bare again', measures: 'nothing: two bare kernels differ by this', version: '' },
    ...PEERS.map(({ name: tool, package: needed, measures }) => ({
      ...{ tool, measures },
      version: (needed === undefined ? undefined : environment.versions.get(needed)) ?? '',
    })),
  ];
  const heads = [
    'tool',
    'version',
    'median',
    'worst',
    'middle half',
    'CPU',
    'lines',
    'bias',
    'measures',
  ];
  return [
    '',
    ...table([heads, ...rows.map(row => cellsOf(row, slowdowns, accuracy))]),
    'CPU: median of the CPU time of the thread that works. Memory_profiler: one round.',
    'lines: mean and worst error on known_truth.py, percentage points; bias: worst error on bias.py.',
    '',
    ...table([
      ['workload', ...rows.map(({ tool }) => tool), ''],
      ...[...new Set(slowdowns.map(({ workload }) => workload))].toSorted().map(workload => [
        workload,
        ...rows.map(({ tool }) => {
          const found = ratiosBy(slowdowns, tool).get(workload);
          return found === undefined ? '–' : times(quantile(found, 0.5));
        }),
        '',
      ]),
    ]),
    ...[...failures].map(([tool, why]) => `${tool} could not be measured: ${why}`),
    '',
  ];
}

function cellsOf(
  { tool, version, measures }: Row,
  slowdowns: readonly Slowdown[],
  accuracy: readonly Accuracy[],
): string[] {
  const ratios = ratiosBy(slowdowns, tool);
  if (ratios.size === 0) return [tool, version, '–', '–', '–', '–', '–', '–', measures];
  const { median, worst, quartiles } = summarise(ratios);
  const own = accuracy.filter(one => one.tool === tool);
  const truth = own.find(({ program }) => program === 'known_truth.py');
  const bias = own.filter(({ program }) => program === 'bias.py');
  return [
    ...[tool, version, times(median), times(worst), quartiles.map(times).join(' – ')],
    times(summarise(ratiosBy(slowdowns, tool, 'cpuRatio')).median),
    truth ? `${truth.meanError.toFixed(1)} / ${truth.worstError.toFixed(1)}` : '–',
    bias.length > 0 ? Math.max(...bias.map(one => one.worstError)).toFixed(1) : '–',
    measures,
  ];
}

function ratiosBy(
  slowdowns: readonly Slowdown[],
  tool: string,
  which: 'ratio' | 'cpuRatio' = 'ratio',
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const one of slowdowns) {
    if (one.tool === tool)
      found.set(one.workload, [...(found.get(one.workload) ?? []), one[which]]);
  }
  return found;
}
