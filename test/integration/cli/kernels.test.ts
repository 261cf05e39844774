/** Wrapped kernels, as Jupyter itself sees them, and what doctor says. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shown, VENV, Workplace } from './harness.ts';

let work: Workplace;
beforeEach(() => {
  work = new Workplace();
});
afterEach(() => work.remove());

interface ListedKernels {
  readonly kernelspecs: Record<
    string,
    {
      readonly resource_dir: string;
      readonly spec: { readonly display_name: string; readonly metadata: Record<string, unknown> };
    }
  >;
}

/** The environment may have wrapped kernels of its own, from the demo. */
const ownFolderFirst = (): NodeJS.ProcessEnv => ({
  ...process.env,
  JUPYTER_PATH: work.path('data'),
});

/** What `jupyter kernelspec list` finds in our own data folder. */
function listedByJupyter(): ListedKernels['kernelspecs'] {
  const text = execFileSync(join(VENV, 'bin/jupyter'), ['kernelspec', 'list', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: ownFolderFirst(),
  });
  return (JSON.parse(text) as ListedKernels).kernelspecs;
}

describe('install and uninstall', () => {
  it('give Jupyter a wrapped kernel that runs, and take it away again', async () => {
    const install = () => work.run('install', '--user', 'python3');
    expect((await install()).stdout).toContain(`Installed pyperf-python3 in ${work.path('data')}`);
    expect((await install()).stdout).toContain('Already there: pyperf-python3');
    const dir = work.path('data/kernels/pyperf-python3');
    expect(listedByJupyter()['pyperf-python3']).toMatchObject({
      resource_dir: dir,
      spec: {
        display_name: 'Python 3 (PyPerf)',
        metadata: { debugger: true, pyperf: { wraps: 'python3' } },
      },
    });

    const path = work.notebook('nb.ipynb', ['%%pyperf\n1 + 1']);
    const executed = work.path('by-jupyter.ipynb');
    execFileSync(
      join(VENV, 'bin/jupyter'),
      ['execute', path, '--kernel_name=pyperf-python3', `--output=${executed}`],
      { stdio: 'ignore', env: ownFolderFirst() },
    );
    expect(readFileSync(executed, 'utf8')).toContain('application/vnd.pyperf.v1+json');

    // A notebook that names the wrapped kernel is run with the real one: there is only one hook.
    const { code } = await work.profile(path, '--kernel', 'pyperf-python3');
    expect(code).toBe(0);
    expect(work.measured('nb').notebook.kernelName).toBe('python3');
    expect(shown(work.executed('nb').cells[0])[0]).toBe('2');

    expect((await work.run('uninstall', '--user')).stdout).toContain('Removed ');
    expect(listedByJupyter()['pyperf-python3']?.resource_dir).not.toBe(dir);
    expect((await work.run('uninstall', '--user')).stdout).toContain('no wrapped kernel to remove');
  });

  it('leave what is not ours', async () => {
    const dir = work.path('data/kernels/pyperf-python3');
    mkdirSync(dir, { recursive: true });
    const json = JSON.stringify({ argv: ['x'], display_name: 'Mine', language: 'x' });
    writeFileSync(join(dir, 'kernel.json'), json);
    const installed = await work.run('install', '--user', 'python3');
    expect(installed.code).toBe(2);
    expect(installed.stderr).toContain('PyPerf did not write, so it is left alone');
    await work.run('uninstall', '--user');
    expect(readFileSync(join(dir, 'kernel.json'), 'utf8')).toBe(json);
  });

  it('say in a sentence what cannot be done', async () => {
    writeFileSync(work.path('file'), '');
    const unwritable = await work.run('install', '--prefix', work.path('file'), 'python3');
    expect(unwritable).toMatchObject({ code: 2, stdout: '' });
    expect(unwritable.stderr).toMatch(/^jupyter pyperf: cannot write .*a file, not a folder\n$/);
    const unknown = await work.run('install', '--user', 'fortran');
    expect(unknown.stderr).toMatch(/there is no kernel "fortran"; found: .*python3/);
    expect(existsSync(work.path('data/kernels'))).toBe(false);
  });
});

describe('doctor', () => {
  it('says what works, with what is missing and a remedy', async () => {
    await work.run('install', '--user', 'python3');
    const gone = work.path('data/kernels/gone');
    mkdirSync(gone, { recursive: true });
    writeFileSync(
      join(gone, 'kernel.json'),
      JSON.stringify({ argv: ['/no/python', '-m', 'k'], display_name: 'Gone', language: 'x' }),
    );
    const { code, stdout } = await work.run('doctor');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^[✓✗] [^:]+: .+\.$/);
    const lineOf = (what: string) => lines.find(line => line.slice(2).startsWith(`${what}:`));
    expect(lineOf('Node')).toContain(`✓ Node: ${process.versions.node}`);
    expect(lineOf('Kernel python3')).toMatch(/^✓ .*Python 3\.\d+/);
    expect(lineOf('Kernel gone')).toMatch(/^✗ .*\/no\/python does not start\. Install /);
    expect(lineOf('Wrapped kernels')).toContain('pyperf-python3 (Python 3 (PyPerf))');
    expect(lineOf('Reading process memory')).toBeDefined();
    expect(lineOf('Limits')).toMatch(/\d cores?; /);
    expect(lineOf('Browser extension')).toBeDefined();
  });
});

it('is what jupyter runs for "jupyter pyperf", and prints its help', () => {
  const help = execFileSync(join(VENV, 'bin/jupyter'), ['pyperf', '--help'], { encoding: 'utf8' });
  for (const command of ['run', 'report', 'install', 'uninstall', 'doctor'])
    expect(help).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(help).toContain('Exit codes:');
});
