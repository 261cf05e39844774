/**
 * What profiling costs a TypeScript cell: one program, bare, behind the hook and profiled, in turns, so that a busy machine
 * slows all; then again in other processes. The program times itself.
 */
import type { JupyterClient } from '../test/support/jupyter-client.ts';
import {
  ROOT,
  startBareKernel,
  startWrappedKernel,
  type SpecFile,
  type StartedKernel,
} from '../test/support/kernels.ts';

export const name = 'node';

const ROUNDS = 12;
/** The real work of a cell: parsing, sorting, arithmetic on typed arrays, short-lived objects. */
const PROGRAM = `
{
  const unitsMs: number[] = [];
  for (let unit = 0; unit < 15; unit++) {
    const own = process.hrtime.bigint();
    let sum = 0;
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: (i * 7919) % 20_011, name: 'n' + i }));
    rows.sort((a, b) => a.id - b.id);
    const text = JSON.stringify(rows);
    sum += (JSON.parse(text) as typeof rows).filter(row => row.id % 3 === 0).length;
    const numbers = new Float64Array(400_000);
    for (let i = 0; i < numbers.length; i++) numbers[i] = Math.sqrt(i) * unit;
    sum += numbers.reduce((a, b) => a + b, 0);
    unitsMs.push(Number(process.hrtime.bigint() - own) / 1e6 + 0 * sum);
  }
  console.log(unitsMs.sort((a, b) => a - b)[7]);
}`;

/** Bare tslab knows Node's types only here. */
const FOLDER = `${ROOT}/binder`;

const TSLAB: SpecFile = {
  argv: [`${FOLDER}/node_modules/.bin/tslab`, 'kernel', '--config-path', '{connection_file}'],
  display_name: 'TypeScript',
  language: 'typescript',
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Two processes of one program differ by some percent for as long as they live: so there are several of each kind. */
const SETS = 4;

interface Way {
  readonly name: string;
  readonly start: typeof startBareKernel;
  readonly magic: string;
}

/** Each in a kernel of its own: V8's profiler stays on for some seconds after a profiled cell. */
const WAYS: readonly Way[] = [
  { name: 'bare tslab', start: startBareKernel, magic: '' },
  { name: 'bare again (noise)', start: startBareKernel, magic: '' },
  { name: 'behind the hook', start: startWrappedKernel, magic: '' },
  { name: '%%pyperf', start: startWrappedKernel, magic: '%%pyperf' },
  { name: '%%pyperf --rate 200', start: startWrappedKernel, magic: '%%pyperf --rate 200' },
];

export async function run(print: (line: string) => void): Promise<void> {
  const ratios = WAYS.map((): number[] => []);
  const timesMs = WAYS.map((): number[] => []);
  for (let set = 0; set < SETS; set++) {
    const kernels: StartedKernel[] = [];
    try {
      for (const { start } of WAYS) kernels.push(await start({ spec: TSLAB, cwd: FOLDER }));
      for (let round = -2; round < ROUNDS; round++) {
        const ms: number[] = [];
        for (const [index, { magic }] of WAYS.entries())
          ms.push(await timeOf((kernels[index] as StartedKernel).client, magic + PROGRAM));
        if (round < 0) continue;
        ms.forEach((one, index) => {
          timesMs[index]?.push(one);
          ratios[index]?.push(one / (ms[0] ?? one));
        });
      }
    } finally {
      for (const kernel of kernels) await kernel.stop();
    }
  }
  for (const [index, { name: way }] of WAYS.entries()) {
    const ms = median(timesMs[index] ?? [])
      .toFixed(1)
      .padStart(6);
    const perSet = chunks(ratios[index] ?? [], ROUNDS).map(one => median(one).toFixed(3));
    const ratio = median(ratios[index] ?? []).toFixed(3);
    print(`${way.padEnd(20)} ${ms} ms  ×${ratio} of bare, pair by pair (${perSet.join(', ')})`);
  }
}

const chunks = (values: readonly number[], size: number): number[][] =>
  Array.from({ length: values.length / size }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );

/** The median unit of work, as the program says itself, in milliseconds. */
async function timeOf(client: JupyterClient, code: string): Promise<number> {
  const { stdout } = await client.execute(code);
  return Number(stdout.split(' ')[0]);
}
