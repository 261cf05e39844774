/**
 * Where Jupyter keeps its data, by jupyter_core's rules (`jupyter_core/paths.py`), without starting a Python.
 */
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

export interface JupyterEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export const currentEnvironment = (): JupyterEnvironment => ({
  env: process.env,
  home: homedir(),
  platform: process.platform,
});

const SYSTEM_DATA_DIRS = ['/usr/local/share/jupyter', '/usr/share/jupyter'];

export function userDataDir({ env, home, platform }: JupyterEnvironment): string {
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
}

/** For connection files; `JUPYTER_RUNTIME_DIR` wins. */
export function runtimeDir(environment: JupyterEnvironment): string {
  const runtime = environment.env['JUPYTER_RUNTIME_DIR'];
  if (runtime) return runtime;
  const dir = join(userDataDir(environment), 'runtime');
  // A home that cannot be written must not keep a notebook from running.
  return canMake(dir) ? dir : join(tmpdir(), `pyperf-runtime-${process.getuid?.() ?? 0}`);
}

function canMake(dir: string): boolean {
  let existing = dir;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first executable of that name on PATH; undefined when there is none. */
export function findOnPath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  for (const dir of (env['PATH'] ?? '').split(delimiter)) {
    if (dir === '') continue;
    const candidate = join(dir, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/** The environment whose `bin` folder a program stands in, its link followed when the link itself is in none. */
function prefixOfProgram(program: string | undefined): string | undefined {
  if (program === undefined) return undefined;
  for (const path of [program, tryRealpath(program)]) {
    const prefix = dirname(dirname(path));
    if (existsSync(join(prefix, 'share', 'jupyter'))) return prefix;
  }
  return undefined;
}

function tryRealpath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Environments, nearest first. `PYPERF_PREFIX` is set by our launcher: the environment that it is installed in,
 * which is what `sys.prefix` is for Jupyter's own commands.
 */
export function activePrefixes({ env }: JupyterEnvironment): readonly string[] {
  return unique([env['PYPERF_PREFIX'], env['VIRTUAL_ENV'], env['CONDA_PREFIX']]);
}

export function pathPrefixes({ env }: JupyterEnvironment): readonly string[] {
  return unique(['jupyter', 'python3'].map(name => prefixOfProgram(findOnPath(name, env))));
}

/** The environment that `--sys-prefix` means; undefined when there is none. */
export function sysPrefix(environment: JupyterEnvironment): string | undefined {
  return activePrefixes(environment)[0] ?? pathPrefixes(environment)[0];
}

/**
 * The folders that hold `kernels/`, most important first. As in jupyter_core, an active environment goes before the
 * user's own folder unless `JUPYTER_PREFER_ENV_PATH` says no.
 */
export function dataDirs(environment: JupyterEnvironment): readonly string[] {
  const { env } = environment;
  const share = (prefix: string): string => join(prefix, 'share', 'jupyter');
  const active = activePrefixes(environment).map(share);
  const user = userDataDir(environment);
  const preferUser = /^(no|n|false|off|0|0\.0)$/i.test(env['JUPYTER_PREFER_ENV_PATH'] ?? '');
  return unique([
    ...(env['JUPYTER_PATH'] ?? '').split(delimiter),
    ...(preferUser ? [user, ...active] : [...active, user]),
    ...pathPrefixes(environment).map(share),
    ...SYSTEM_DATA_DIRS,
  ]);
}

function unique(paths: readonly (string | undefined)[]): string[] {
  const present = paths.filter((path): path is string => path !== undefined && path !== '');
  return [...new Set(present.map(path => resolve(path)))];
}
