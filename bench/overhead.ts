/**
 * What `%%pyperf` costs the workloads of `peers`: the same cell with it and without it, in turns within one kernel, by the
 * quickest unit of work that each cell saw. Two processes differ by more than we cost, and so does a unit from the next
 * on a machine that does other things. One lucky cell must not be what all others are measured by: so the median of
 * many pairs of neighbours tells, not the quickest of all.
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
  /** Quickest unit of work with `%%pyperf` over that of the cells without before and after it: median of the pairs. */
  readonly ratio: number;
  /** The same between those two. */
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
  const ratios: number[] = [];
  const noises: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const before = await quickest(undefined);
    const profiled = await quickest(magic);
    const after = await quickest(undefined);
    ratios.push(profiled / Math.sqrt(before * after));
    noises.push(after / before);
  }
  return {
    ...{ workload, place },
    ratio: quantile(ratios, 0.5),
    noise: quantile(noises, 0.5),
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
