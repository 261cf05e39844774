/** Where the built files lie, seen from the built command `dist/cli/jupyter-pyperf.mjs`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliError } from './errors.ts';

export const hookFileUrl = new URL('../kernel/hook.cjs', import.meta.url);

/** @throws CliError when the hook was not built. */
export function hookFile(): string {
  const file = fileURLToPath(hookFileUrl);
  if (!existsSync(file))
    throw new CliError(`the kernel hook ${file} is missing: build it with npm run build`);
  return file;
}
