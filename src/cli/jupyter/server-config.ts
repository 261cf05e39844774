/** The file by which a Jupyter server learns that its kernels start behind the hook. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError, systemReason } from '../errors.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeAtomically } from '../files/write.ts';
import type { JupyterEnvironment } from './paths.ts';

const EXTENSION = 'jupyterlab_pyperf';
const ON = { ServerApp: { jpserver_extensions: { [EXTENSION]: true } } };

/**
 * The one that came with the Python package, which knows where it is installed.
 * @throws CliError where the command was not installed with it.
 */
export function packagedConfig({ env }: JupyterEnvironment): string {
  const file = env['PYPERF_SERVER_CONFIG'];
  if (file === undefined)
    throw new CliError(
      'this needs the Python package, because the server loads a part of it: pip install jupyterlab-pyperf',
    );
  return file;
}

/** The user's own, for environments that cannot be written. */
export function userConfig({ env, home }: JupyterEnvironment): string {
  const folder = env['JUPYTER_CONFIG_DIR'] || join(home, '.jupyter');
  return join(folder, 'jupyter_server_config.d', 'jupyterlab-pyperf.json');
}

export function isEnabled(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(`"${EXTENSION}": true`);
  } catch {
    return false; // there is none
  }
}

/** @throws CliError in one sentence. */
export function enableIn(file: string): void {
  try {
    makeFolder(dirname(file));
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${systemReason(error)}`, undefined, { cause: error });
  }
  writeAtomically(file, `${JSON.stringify(ON, null, 2)}\n`);
}

/** The package's file stays, empty, for pip to remove. @throws CliError in one sentence. */
export function disableIn(file: string, environment: JupyterEnvironment): void {
  if (!existsSync(file)) return;
  if (file === environment.env['PYPERF_SERVER_CONFIG']) writeAtomically(file, '{}\n');
  else
    try {
      rmSync(file);
    } catch (error) {
      throw new CliError(`cannot remove ${file}: ${systemReason(error)}`, undefined, {
        cause: error,
      });
    }
}
