/** Kernelspecs that we bring, for kernels that are installed beside a notebook and listed nowhere. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../../kernel/languages/node/find-program.ts';
import { hookFileUrl } from '../install-paths.ts';

/**
 * To be asked after all of Jupyter's own data folders.
 * @param folder the notebook's: `npm install tslab` there, or above, is enough.
 */
export function ownDataDirs(folder: string): string[] {
  const tslab = findProgram('tslab', { path: process.env['PATH'] ?? '', folder });
  return tslab === undefined ? [] : [dirname(fileURLToPath(hookFileUrl))];
}
