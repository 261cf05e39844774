import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  dataDirs,
  sysPrefix,
  userDataDir,
  type JupyterEnvironment,
} from '../../../src/cli/jupyter/paths.ts';
import { pythonFor } from '../../../src/cli/jupyter/python.ts';
import { listSpecs, readSpec, resolveSpec } from '../../../src/cli/jupyter/specs.ts';
import { installWrapped, uninstallWrapped } from '../../../src/cli/wrap/install.ts';
import { kernelsDir } from '../../../src/cli/wrap/target-dir.ts';
import { wrappedName } from '../../../src/cli/wrap/wrapped-spec.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pyperf-specs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const environment = (env: Record<string, string> = {}): JupyterEnvironment => ({
  env: { PATH: '', ...env },
  home: join(root, 'home'),
  platform: 'linux',
});

function addSpec(dataDir: string, name: string, json: object = {}): string {
  const dir = join(dataDir, 'kernels', name);
  mkdirSync(dir, { recursive: true });
  const kernel = { argv: ['python', '-m', 'k'], display_name: name, language: 'python', ...json };
  writeFileSync(join(dir, 'kernel.json'), JSON.stringify(kernel));
  return dir;
}

function addProgram(file: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
}

describe('where Jupyter looks', () => {
  it('puts JUPYTER_PATH first, then the environment, the user, the system', () => {
    const dirs = dataDirs(environment({ JUPYTER_PATH: '/a:/b', VIRTUAL_ENV: '/venv' }));
    expect(dirs).toEqual([
      '/a',
      '/b',
      '/venv/share/jupyter',
      join(root, 'home/.local/share/jupyter'),
      '/usr/local/share/jupyter',
      '/usr/share/jupyter',
    ]);
  });

  it('puts the user first when asked, and our own environment before an active one', () => {
    const dirs = dataDirs(
      environment({ PYPERF_PREFIX: '/own', CONDA_PREFIX: '/conda', JUPYTER_PREFER_ENV_PATH: '0' }),
    );
    expect(dirs.slice(0, 3)).toEqual([
      join(root, 'home/.local/share/jupyter'),
      '/own/share/jupyter',
      '/conda/share/jupyter',
    ]);
  });

  it('finds the environment of a program on PATH', () => {
    addProgram(join(root, 'opt/bin/jupyter'));
    mkdirSync(join(root, 'opt/share/jupyter'), { recursive: true });
    expect(sysPrefix(environment({ PATH: join(root, 'opt/bin') }))).toBe(join(root, 'opt'));
    expect(sysPrefix(environment())).toBeUndefined();
  });

  it('follows JUPYTER_DATA_DIR and XDG_DATA_HOME', () => {
    expect(userDataDir(environment({ JUPYTER_DATA_DIR: '/d', XDG_DATA_HOME: '/x' }))).toBe('/d');
    expect(userDataDir(environment({ XDG_DATA_HOME: '/x' }))).toBe('/x/jupyter');
  });
});

describe('kernelspecs', () => {
  it('are found by name, the first folder first, whatever their case', () => {
    addSpec(join(root, 'a'), 'Python3', { display_name: 'first' });
    addSpec(join(root, 'b'), 'python3', { display_name: 'second' });
    addSpec(join(root, 'b'), 'ir');
    const list = listSpecs([join(root, 'a'), join(root, 'b'), join(root, 'none')]);
    expect(list.specs.map(spec => spec.name)).toEqual(['python3', 'ir']);
    expect(resolveSpec('PYTHON3', list).json.display_name).toBe('first');
  });

  it('that are broken are named and do not hide others', () => {
    const dir = addSpec(join(root, 'a'), 'bad');
    writeFileSync(join(dir, 'kernel.json'), '{');
    addSpec(join(root, 'a'), 'good');
    const list = listSpecs([join(root, 'a')]);
    expect(list.specs.map(spec => spec.name)).toEqual(['good']);
    expect(() => resolveSpec('bad', list)).toThrow(/cannot read .*bad\/kernel\.json/);
    expect(() => resolveSpec('nope', list)).toThrow('choose one of good with --kernel');
  });

  it('of ours stand for what they wrap', () => {
    const data = join(root, 'a');
    const real = readSpec(addSpec(data, 'real'));
    installWrapped(real, join(data, 'kernels'), { hookFile: '/h', python: undefined });
    const list = listSpecs([data]);
    expect(resolveSpec('pyperf-real', list).dir).toBe(real.dir);
  });

  it('mean the Python of the environment they are installed in', () => {
    const spec = readSpec(addSpec(join(root, 'env/share/jupyter'), 'python3'));
    addProgram(join(root, 'other/bin/python'));
    const active = environment({ VIRTUAL_ENV: join(root, 'other') });
    expect(pythonFor(spec, active)).toBe(join(root, 'other/bin/python'));
    addProgram(join(root, 'env/bin/python'));
    expect(pythonFor(spec, active)).toBe(join(root, 'env/bin/python'));
    const exact = readSpec(
      addSpec(join(root, 'a'), 'x', { argv: ['/usr/bin/python3', '-m', 'k'] }),
    );
    expect(pythonFor(exact, active)).toBeUndefined();
  });
});

describe('wrapped kernelspecs', () => {
  const options = { hookFile: '/dist/hook.cjs', python: '/env/bin/python' };

  it('carry over what Jupyter reads, with the hook in front', () => {
    const dir = addSpec(root, 'python3', {
      display_name: 'Python 3 (ipykernel)',
      interrupt_mode: 'message',
      env: { A: '1' },
      metadata: { debugger: true, supported_encryption: ['curve'] },
    });
    writeFileSync(join(dir, 'logo-svg.svg'), '<svg/>');
    const target = join(root, 'out');
    const installed = installWrapped(readSpec(dir), target, options);
    expect(installed.state).toBe('new');
    const written = readSpec(installed.dir);
    expect(written.json).toEqual({
      argv: [
        process.execPath,
        '/dist/hook.cjs',
        '--connection-file',
        '{connection_file}',
        '--kernelspec',
        dir,
        '--python',
        '/env/bin/python',
      ],
      display_name: 'Python 3 (PyPerf)',
      env: { A: '1' },
      interrupt_mode: 'message',
      language: 'python',
      metadata: { debugger: true, pyperf: { wraps: 'python3' } },
    });
    expect(installWrapped(readSpec(dir), target, options).state).toBe('unchanged');
    expect(installWrapped(readSpec(dir), target, { ...options, python: '/new' }).state).toBe(
      'changed',
    );
  });

  it('are not wrapped again, and nothing of others is overwritten or removed', () => {
    const real = readSpec(addSpec(root, 'real'));
    const kernels = join(root, 'kernels');
    const wrapped = readSpec(installWrapped(real, kernels, options).dir);
    expect(() => installWrapped(wrapped, kernels, options)).toThrow('wrapped already');
    addSpec(join(root, 'b'), 'pyperf-real');
    expect(() => installWrapped(real, join(root, 'b/kernels'), options)).toThrow('left alone');
    expect(() => uninstallWrapped(real)).toThrow('not written by PyPerf');
    uninstallWrapped(wrapped);
    expect(listSpecs([root]).specs.map(spec => spec.name)).toEqual(['real']);
  });

  it('say in a sentence that a folder cannot be written', () => {
    const real = readSpec(addSpec(root, 'real'));
    writeFileSync(join(root, 'file'), '');
    expect(() => installWrapped(real, join(root, 'file/kernels'), options)).toThrow(
      /^cannot write .*pyperf-real: .*a file, not a folder/,
    );
  });

  it('go where the options say', () => {
    const active = environment({ VIRTUAL_ENV: '/venv' });
    expect(kernelsDir({}, active)).toBe('/venv/share/jupyter/kernels');
    expect(kernelsDir({ prefix: '/p' }, active)).toBe('/p/share/jupyter/kernels');
    const user = join(root, 'home/.local/share/jupyter/kernels');
    expect(kernelsDir({ user: true }, active)).toBe(user);
    expect(kernelsDir({}, environment())).toBe(user);
    expect(() => kernelsDir({ sysPrefix: true }, environment())).toThrow('no environment');
    expect(() => kernelsDir({ user: true, prefix: '/p' }, active)).toThrow('only one');
  });

  it.each([
    ['Python 3 (ipykernel)', 'Python 3 (PyPerf)'],
    ['TypeScript', 'TypeScript (PyPerf)'],
    ['Python (lab)', 'Python (lab) (PyPerf)'],
  ])('%s is called %s', (name, expected) => expect(wrappedName(name)).toBe(expected));
});
