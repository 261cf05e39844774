/**
 * Runs notebooks of other people bare and behind the hook, and compares what they show:
 *
 *   PYPERF_TEST_PYTHON=VENV/bin/python npx vite-node test/public-notebooks/compare.ts -- NOTEBOOK…
 *
 * The Python given must have nbclient, ipykernel and what the notebooks import. By hand only: nothing is fetched or
 * written here. Each notebook runs four times: twice bare, which tells which cells differ by themselves (no seed, a
 * clock, a timing), then wrapped, then by `jupyter pyperf run`. A difference in any other cell is ours: exit code 1.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  createEnvironment,
  type JupyterEnvironment,
} from '../integration/jupyter/harness/environment.ts';
import { normaliseNotebook, type Executed } from '../integration/jupyter/harness/notebook.ts';
import { runProgram } from '../integration/jupyter/harness/python.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli/jupyter-pyperf.mjs');
const CELL_TIMEOUT_S = 300;
const REPORT_MIME = 'application/vnd.pyperf.v1+json';

type Cell = Executed['notebook']['cells'][number] & {
  readonly cell_type?: string;
  readonly source?: string;
};
interface Run {
  readonly cells: readonly Cell[];
  readonly seconds: number;
}
interface Comparison {
  readonly cells: number;
  readonly failing: number;
  /** Indices of cells whose outputs differ between the two bare runs. */
  readonly unstable: readonly number[];
  readonly wrapped: readonly number[];
  readonly profiled: readonly number[];
  readonly seconds: readonly number[];
}

async function withNbclient(path: string, kernel: string): Promise<Run> {
  return inEnvironment(async jupyter => {
    const executed = await runProgram<Executed>(jupyter, 'run_notebook.py', {
      engine: 'nbclient',
      kernel,
      path,
      allowErrors: true,
      timeoutSeconds: CELL_TIMEOUT_S,
    });
    return executed;
  });
}

async function withPyperfRun(path: string): Promise<Run> {
  return inEnvironment(async jupyter => {
    const out = join(jupyter.notebooks, 'out');
    const args = [
      'run',
      path,
      '--out',
      out,
      '--kernel',
      'bare',
      '--allow-errors',
      '--format',
      'json',
    ];
    const child = spawn(process.execPath, [CLI, ...args], {
      env: jupyter.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    await new Promise(done => child.once('close', done));
    try {
      const notebook = JSON.parse(
        readFileSync(join(out, basename(path)), 'utf8'),
      ) as Executed['notebook'];
      return { notebook, stopped: null };
    } catch {
      throw new Error(`jupyter pyperf run wrote no notebook:\n${complaints}`);
    }
  });
}

async function inEnvironment(
  execute: (jupyter: JupyterEnvironment) => Promise<Executed>,
): Promise<Run> {
  const jupyter = createEnvironment({ spec: { env: { PYTHONHASHSEED: '0' } } });
  const start = performance.now();
  try {
    const executed = await execute(jupyter);
    const seconds = (performance.now() - start) / 1000;
    const { notebook } = normaliseNotebook(withJoinedLines(executed));
    return { cells: notebook.cells, seconds };
  } finally {
    jupyter.remove();
  }
}

/** A file on disk may hold a text as a list of lines: the same to every reader. */
function withJoinedLines(executed: Executed): Executed {
  const joined = (value: unknown): unknown =>
    Array.isArray(value) && value.every(line => typeof line === 'string') ? value.join('') : value;
  const cells = executed.notebook.cells.map(cell => ({
    ...cell,
    source: joined((cell as Cell).source) as string,
    ...(cell.outputs && {
      outputs: (cell.outputs as Record<string, unknown>[])
        .filter(({ data }) => !Object.keys(data ?? {}).includes(REPORT_MIME))
        .map(output => ({
          ...output,
          ...('text' in output && { text: joined(output['text']) }),
          ...(output['data'] !== undefined && {
            data: Object.fromEntries(
              Object.entries(output['data'] as object).map(([mime, value]) => [
                mime,
                joined(value),
              ]),
            ),
          }),
        })),
    }),
  }));
  return { ...executed, notebook: { ...executed.notebook, cells } };
}

const differing = (a: Run, b: Run): number[] =>
  [...a.cells.keys()].filter(index => outputsOf(a, index) !== outputsOf(b, index));

const outputsOf = ({ cells }: Run, index: number): string =>
  JSON.stringify(sorted(cells[index]?.outputs ?? []));

/** Keys in one order: two writers of the same JSON need not agree on it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

async function compare(path: string): Promise<Comparison> {
  const bare = await withNbclient(path, 'bare');
  const again = await withNbclient(path, 'bare');
  const wrapped = await withNbclient(path, 'wrapped');
  const profiled = await withPyperfRun(path);
  const unstable = differing(bare, again);
  const ours = (run: Run): number[] =>
    differing(bare, run).filter(index => !unstable.includes(index));
  for (const [name, run] of [
    ['wrapped', wrapped],
    ['profiled', profiled],
  ] as const)
    for (const index of ours(run))
      console.log(
        `--- ${basename(path)}, ${name}, cell ${index}:\n${bare.cells[index]?.source}\n< ${outputsOf(bare, index).slice(0, 2000)}\n> ${outputsOf(run, index).slice(0, 2000)}`,
      );
  return {
    cells: bare.cells.filter(cell => cell.cell_type === 'code').length,
    failing: bare.cells.filter(cell =>
      (cell.outputs as { output_type: string }[] | undefined)?.some(
        output => output.output_type === 'error',
      ),
    ).length,
    unstable,
    wrapped: ours(wrapped),
    profiled: ours(profiled),
    seconds: [bare, again, wrapped, profiled].map(run => run.seconds),
  };
}

const paths = process.argv.slice(2).filter(argument => argument !== '--');
const rows: string[][] = [
  [
    'notebook',
    'cells',
    'failing',
    'unstable',
    'wrapped differs',
    'pyperf run differs',
    'seconds: bare, bare, wrapped, pyperf run',
  ],
];
let isOurs = false;
for (const path of paths.map(each => resolve(each))) {
  const name = join(basename(dirname(path)), basename(path));
  const result = await compare(path).catch((error: unknown) => String(error));
  if (typeof result === 'string') {
    isOurs = true;
    rows.push([name, result]);
    continue;
  }
  isOurs ||= result.wrapped.length + result.profiled.length > 0;
  const list = (indices: readonly number[]): string => indices.join(' ') || '-';
  rows.push([
    name,
    String(result.cells),
    String(result.failing),
    list(result.unstable),
    list(result.wrapped),
    list(result.profiled),
    result.seconds.map(value => value.toFixed(1)).join(', '),
  ]);
  console.log(rows.at(-1)?.join(' | '));
}
console.log(`\n${rows.map(row => `| ${row.join(' | ')} |`).join('\n')}`);
process.exitCode = isOurs ? 1 : 0;
