/**
 * What profiling costs a TypeScript cell: one program, profiled and not, in turns within one kernel behind the hook and
 * within a bare one, so that a busy machine slows all. The program times itself.
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

const ROUNDS = 15;
/** The real work of a cell: parsing, sorting, arithmetic on typed arrays, short-lived objects. */
const PROGRAM = `
{
  const own = process.hrtime.bigint();
  let sum = 0;
  for (let round = 0; round < 12; round++) {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: (i * 7919) % 20_011, name: 'n' + i }));
    rows.sort((a, b) => a.id - b.id);
    const text = JSON.stringify(rows);
    sum += (JSON.parse(text) as typeof rows).filter(row => row.id % 3 === 0).length;
    const numbers = new Float64Array(400_000);
    for (let i = 0; i < numbers.length; i++) numbers[i] = Math.sqrt(i) * round;
    sum += numbers.reduce((a, b) => a + b, 0);
  }
  console.log(Number(process.hrtime.bigint() - own) / 1e6, sum);
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

export async function run(print: (line: string) => void): Promise<void> {
  const bare = await startBareKernel({ spec: TSLAB, cwd: FOLDER });
  const wrapped = await startWrappedKernel({ spec: TSLAB, cwd: FOLDER });
  try {
    const ways: readonly (readonly [string, StartedKernel, string])[] = [
      ['bare tslab', bare, PROGRAM],
      ['behind the hook', wrapped, PROGRAM],
      ['%%pyperf', wrapped, `%%pyperf${PROGRAM}`],
      ['%%pyperf --rate 200', wrapped, `%%pyperf --rate 200${PROGRAM}`],
    ];
    const timesMs = new Map<string, number[]>(ways.map(([way]) => [way, []]));
    for (let round = -2; round < ROUNDS; round++)
      for (const [way, kernel, code] of ways) {
        const ms = await timeOf(kernel.client, code);
        if (round >= 0) timesMs.get(way)?.push(ms);
      }
    const baseline = timesMs.get('bare tslab') ?? [];
    for (const [way, times] of timesMs) {
      const ratios = times.map((ms, index) => ms / (baseline[index] ?? ms));
      print(
        `${way.padEnd(20)} ${median(times).toFixed(0).padStart(6)} ms  ×${median(ratios).toFixed(3)} of bare, pair by pair`,
      );
    }
  } finally {
    await bare.stop();
    await wrapped.stop();
  }
}

/** What the program says about itself, in milliseconds. */
async function timeOf(client: JupyterClient, code: string): Promise<number> {
  const { stdout } = await client.execute(code);
  return Number(stdout.split(' ')[0]);
}
