/** How long a live chunk of a TypeScript cell's profile stops the kernel's main thread. */
import { ROOT, startWrappedKernel, type SpecFile } from '../test/support/kernels.ts';

export const name = 'node-stalls';

/**
 * The kernel tells it itself: this stands around V8's own functions, of which a chunk takes both, the next one's start and
 * its own end, and takes off what the thread waited for a core.
 */
const STALLS = `
import { openSync, readSync } from 'fs';
const stat = openSync('/proc/thread-self/schedstat', 'r');
const text = Buffer.alloc(128);
const delayMs = (): number =>
  Number(text.toString('latin1', 0, readSync(stat, text, 0, 128, 0)).split(' ')[1]) / 1e6;
const stallsMs: number[] = [];
let stalledMs = 0;
const stopped = (work: (title: string) => void, after: () => void) => (title: string): void => {
  const beforeMs = delayMs();
  const from = process.hrtime.bigint();
  work(title);
  stalledMs += Number(process.hrtime.bigint() - from) / 1e6 - (delayMs() - beforeMs);
  after();
};
console.profile = stopped(console.profile, () => {});
console.profileEnd = stopped(console.profileEnd, () => {
  stallsMs.push(stalledMs);
  stalledMs = 0;
});`;

/** A usual program has few call trees; this one has another one in each sample. */
const DEEP = `
const functions: ((n: number) => number)[] = [];
for (let i = 0; i < 3000; i++)
  functions.push(
    new Function(
      'functions',
      'return function f' + i + '(n) {' +
        'let sum = 0; for (let j = 0; j < 50; j++) sum += j * n;' +
        'return n > 0 ? sum + functions[(' + i + ' * 31 + n * 17) % 3000](n - 1) : sum; }',
    )(functions));`;

/** The first one ends what was before the cell. */
const TOLD_STALLS = `
stallsMs.shift();
stallsMs.sort((a, b) => a - b);
console.log(stallsMs[Math.floor(stallsMs.length / 2)], stallsMs[Math.floor(stallsMs.length * 0.9)], stallsMs.at(-1));`;

const LONG_MS = 10_000;
const until = (work: string): string =>
  `{ const from = Date.now(); for (let i = 0; Date.now() < from + ${LONG_MS}; i++) { ${work} } }`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'few call trees': until('[...Array(1000).keys()].map(x => [x]).sort(([a], [b]) => b - a);'),
  'deep, each another': DEEP + until('functions[i % 3000](60);'),
};

/** tslab knows Node's types only here. */
const FOLDER = `${ROOT}/binder`;

const TSLAB: SpecFile = {
  argv: [`${FOLDER}/node_modules/.bin/tslab`, 'kernel', '--config-path', '{connection_file}'],
  display_name: 'TypeScript',
  language: 'typescript',
};

export async function run(print: (line: string) => void): Promise<void> {
  for (const [program, code] of Object.entries(PROGRAMS)) {
    const kernel = await startWrappedKernel({ spec: TSLAB, cwd: FOLDER });
    try {
      await kernel.client.execute(STALLS);
      const { stdout } = await kernel.client.execute(`%%pyperf\n${code}${TOLD_STALLS}`);
      const [middle, most, longest] = stdout.split(' ').map(ms => Number(ms).toFixed(1));
      print(`${program}: median ${middle} ms, 9 of 10 below ${most} ms, longest ${longest} ms`);
    } finally {
      await kernel.stop();
    }
  }
}
