// @ts-check
/** The TypeScript kernel: its packages beside the notebooks that need it, and its kernelspecs in `.venv`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installNodePackages } from './node-packages.mjs';
import { VENV } from './python-packages.mjs';
import { ROOT, run, SetupError, tail } from './step.mjs';

const FOLDER = join(ROOT, 'binder');
const TSLAB = join(FOLDER, 'node_modules', '.bin', 'tslab');

/** @returns {Promise<'there' | 'done'>} */
export async function installTslab() {
  const packages = await installNodePackages(FOLDER);
  const isListed = existsSync(join(VENV, 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json'));
  if (packages === 'there' && isListed) return 'there';
  const python = join(VENV, 'bin', 'python');
  const installed = await run(process.execPath, [
    TSLAB,
    ...['install', '--sys-prefix', '--python', python, '--binary', TSLAB],
  ]);
  if (installed.code !== 0)
    throw new SetupError(`tslab could not be listed as a kernel.\n${tail(installed.output)}`);
  return 'done';
}
