/**
 * A Jupyter of its own for each test file: data, runtime, configuration and temporary folders that start empty, this
 * tree's front-end extension, and the kernelspecs `bare` (ipykernel), `wrapped` (the same behind the hook), `typescript`
 * and `wrapped-typescript` (tslab).
 */
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../support/root.ts';

export const KERNELS = ['bare', 'wrapped'] as const;
export type KernelName = (typeof KERNELS)[number];

export const PYTHON = process.env['PYPERF_TEST_PYTHON'] ?? join(ROOT, '.venv/bin/python');
export const HOOK = process.env['PYPERF_TEST_HOOK'] ?? join(ROOT, 'dist/kernel/hook.cjs');
const TSLAB = join(ROOT, 'binder/node_modules/.bin/tslab');
const EXTENSION = join(ROOT, 'dist/labextension');

/** Every process started from here carries this variable, so that an orphan is found whoever its parent is. */
export const MARK_VARIABLE = 'PYPERF_TEST_MARK';

export interface JupyterEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly mark: string;
  /** Where notebooks go. */
  readonly notebooks: string;
  /** Paths of every file in the runtime and the temporary folder, relative to them. */
  leftFiles(): string[];
  remove(): void;
}

export interface EnvironmentOptions {
  /** Put into the kernelspec that both kernels share. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

export function createEnvironment({ spec = {} }: EnvironmentOptions = {}): JupyterEnvironment {
  for (const needed of [PYTHON, HOOK])
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run npm run setup and build`);
  // Short, because a Unix socket's path may have 107 bytes at most.
  const base = mkdtempSync(join(tmpdir(), 'pj-'));
  const folder = (name: string): string => {
    const path = join(base, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const kernels = folder('data/kernels');
  const real = join(kernels, 'bare');
  writeSpec(real, {
    argv: [PYTHON, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
    display_name: 'Bare',
    language: 'python',
    metadata: { debugger: true },
    ...spec,
  });
  writeSpec(join(kernels, 'wrapped'), {
    argv: wrappedArgv(real),
    display_name: 'Wrapped',
    language: 'python',
    metadata: { debugger: true, pyperf: { wraps: 'bare' } },
    ...spec,
  });
  const typescript = join(kernels, 'typescript');
  writeSpec(typescript, {
    argv: [TSLAB, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
  });
  writeSpec(join(kernels, 'wrapped-typescript'), {
    argv: wrappedArgv(typescript),
    display_name: 'Wrapped TypeScript',
    language: 'typescript',
    metadata: { pyperf: { wraps: 'typescript' } },
  });
  // Found before the one in the environment's own `share`, which may be of another tree.
  symlinkSync(EXTENSION, join(folder('data/labextensions'), 'jupyterlab-pyperf'), 'dir');
  // The banner ends with a tip drawn by chance: without it, two kernels describe themselves in the same words.
  const ipython = folder('ipython');
  const profile = folder('ipython/profile_default');
  writeFileSync(
    join(profile, 'ipython_kernel_config.py'),
    'c = get_config()\nc.InteractiveShell.enable_tip = False\n',
  );
  const watched = [folder('runtime'), folder('tmp')];
  const [runtime, temporary] = watched as [string, string];
  const mark = randomUUID();
  return {
    mark,
    notebooks: folder('notebooks'),
    env: {
      ...process.env,
      [MARK_VARIABLE]: mark,
      HOME: folder('home'),
      TMPDIR: temporary,
      JUPYTER_PATH: join(base, 'data'),
      JUPYTER_DATA_DIR: folder('user-data'),
      JUPYTER_CONFIG_DIR: folder('config'),
      JUPYTER_RUNTIME_DIR: runtime,
      IPYTHONDIR: ipython,
    },
    leftFiles: () =>
      watched.flatMap(path =>
        readdirSync(path, { recursive: true, withFileTypes: true })
          .filter(entry => !entry.isDirectory())
          .map(entry => join(entry.parentPath, entry.name).slice(base.length + 1)),
      ),
    remove: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

const wrappedArgv = (real: string): readonly string[] => [
  ...[process.execPath, HOOK, '--connection-file', '{connection_file}', '--kernelspec', real],
];

function writeSpec(folder: string, spec: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify(spec, null, 1));
}
