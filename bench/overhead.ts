/**
 * What `%%pyperf` costs the workloads of `peers`: the same cell with it and without it, in turns within one kernel, by the
 * quickest unit of work that each saw. Two processes differ by more than we cost, and so does a unit from the next on a
 * machine that does other things; the quickest one is what the program takes when it is left alone with the profiler.
 *
 * `npm run bench -- overhead [--pairs 15] [--only planets,tasks] [--magic "%%pyperf --no-lines"]`. `noise` is the same between cells without it.
 */
import { parseArgs } from 'node:util';
import { Kernels, type KernelKind } from './peers/cells.ts';
import { quantile, table, times } from './peers/table.ts';
import { readWorkloads, type Workload } from './peers/workloads.ts';

export const name = 'overhead';
const PAIRS = 15;
const SECONDS = 0.4;
const PLACES: readonly KernelKind[] = ['us', 'us, one core'];

interface Cost {
  readonly workload: string;
  readonly place: KernelKind;
  /** Quickest unit of work with `%%pyperf` over the quickest without, of all cells. */
  readonly ratio: number;
  /** The same between every other cell without, and the rest of them. */
  readonly noise: number;
}

export async function run(
  print: (line: string) => void = console.log,
  options: readonly string[] = [],
): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: { pairs: { type: 'string' }, only: { type: 'string' }, magic: { type: 'string' } },
  });
  const pairs = Number(values.pairs ?? PAIRS);
  const only = values.only?.split(',');
  const workloads = readWorkloads(SECONDS).filter(one => only?.includes(one.name) ?? true);
  const all: Cost[] = [];
  for (const place of PLACES) {
    const kernels = await Kernels.start([place], []);
    try {
      for (const workload of workloads)
        all.push(await measure(kernels, place, workload, pairs, values.magic ?? '%%pyperf'));
    } finally {
      await kernels.stop();
    }
    for (const line of report(all.filter(one => one.place === place))) print(line);
  }
}

async function measure(
  kernels: Kernels,
  place: KernelKind,
  { name: workload, cell }: Workload,
  pairs: number,
  magic: string,
): Promise<Cost> {
  const quickest = async (wanted: string | undefined): Promise<number> => {
    const { told } =
      wanted === undefined
        ? await kernels.plain(place, cell)
        : await kernels.run(place, cell, wanted);
    return (told as unknown as { readonly quickestSeconds: number }).quickestSeconds;
  };
  await quickest(undefined);
  const bare: number[] = [];
  const again: number[] = [];
  const profiled: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    bare.push(await quickest(undefined));
    profiled.push(await quickest(magic));
    again.push(await quickest(undefined));
  }
  const least = Math.min(...bare);
  const leastOfAll = Math.min(least, ...again);
  return {
    ...{ workload, place },
    ratio: Math.min(...profiled) / leastOfAll,
    noise: Math.min(...again) / least,
  };
}

function report(costs: readonly Cost[]): string[] {
  const ratios = costs.map(({ ratio }) => ratio);
  return [
    '',
    ...table([
      [costs[0]?.place ?? '', '%%pyperf', 'noise', ''],
      ...costs.map(({ workload, ratio, noise }) => [workload, times(ratio), times(noise), '']),
      ['median', times(quantile(ratios, 0.5)), '', ''],
      ['worst', times(Math.max(...ratios)), '', ''],
    ]),
  ];
}
