/** Writes and removes wrapped kernelspecs. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { CliError, systemReason } from '../errors.ts';
import { readSpec, type InstalledSpec } from '../jupyter/specs.ts';
import { writeAtomically } from '../files/write.ts';
import { WRAPPED_PREFIX, wrappedKernelJson, type WrapOptions } from './wrapped-spec.ts';

export interface Installed {
  readonly dir: string;
  readonly state: 'new' | 'changed' | 'unchanged';
}

const LOGO = /^logo.*\.(png|svg)$/i;

/** @throws CliError in one sentence. */
export function installWrapped(
  spec: InstalledSpec,
  kernelsDir: string,
  options: WrapOptions,
): Installed {
  if (spec.wraps)
    throw new CliError(`"${spec.name}" is wrapped already: it wraps "${spec.wraps.name}"`);
  const dir = join(kernelsDir, `${WRAPPED_PREFIX}${spec.name}`);
  const file = join(dir, 'kernel.json');
  const present = existsSync(dir);
  if (present && !isOurs(dir))
    throw new CliError(`${dir} is a kernel that PyPerf did not write, so it is left alone`);
  const text = `${JSON.stringify(wrappedKernelJson(spec, options), null, 1)}\n`;
  const unchanged = present && readFileSync(file, 'utf8') === text;
  try {
    makeFolder(dir);
    for (const logo of readdirSync(spec.dir).filter(name => LOGO.test(name)))
      copyFileSync(join(spec.dir, logo), join(dir, logo));
    if (!unchanged) writeAtomically(file, text);
  } catch (error) {
    if (error instanceof CliError) throw new CliError(error.message);
    throw new CliError(`cannot write ${dir}: ${systemReason(error)}`, undefined, { cause: error });
  }
  return { dir, state: !present ? 'new' : unchanged ? 'unchanged' : 'changed' };
}

/** @throws CliError in one sentence. */
export function uninstallWrapped(spec: InstalledSpec): void {
  if (!isOurs(spec.dir)) throw new CliError(`${spec.dir} was not written by PyPerf`);
  try {
    rmSync(spec.dir, { recursive: true });
  } catch (error) {
    throw new CliError(`cannot remove ${spec.dir}: ${systemReason(error)}`, undefined, {
      cause: error,
    });
  }
}

/** By what kernel.json says, not by its name alone: a person may have named a kernel `pyperf-…`. */
function isOurs(dir: string): boolean {
  try {
    return readSpec(dir).wraps !== undefined;
  } catch {
    return false;
  }
}
