/**
 * Which Python a kernelspec means by a bare `python`.
 *
 * Jupyter puts its own `sys.executable` there (jupyter_client's `format_kernel_cmd`). We are not a Python, so we take
 * the one of the environment that the spec is installed in, then the one of the active environment.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { activePrefixes, findOnPath, pathPrefixes, type JupyterEnvironment } from './paths.ts';
import type { InstalledSpec } from './specs.ts';

const BARE_PYTHON = /^python(3(\.\d+)?)?$/;

/** @returns undefined when the spec names its program itself, or no Python is found. */
export function pythonFor(
  spec: InstalledSpec,
  environment: JupyterEnvironment,
): string | undefined {
  if (!BARE_PYTHON.test(spec.json.argv[0] as string)) return undefined;
  const specPrefix = dirname(dirname(dirname(dirname(spec.dir)))); // <prefix>/share/jupyter/kernels/<name>
  for (const prefix of [specPrefix, ...activePrefixes(environment), ...pathPrefixes(environment)])
    for (const program of ['python', 'python3'])
      if (existsSync(join(prefix, 'bin', program))) return join(prefix, 'bin', program);
  return findOnPath('python3', environment.env) ?? findOnPath('python', environment.env);
}
