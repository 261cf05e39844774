/**
 * The kernelspec for a run that nobody types in. As nbclient does (`ipython_hist_file`), an IPython kernel keeps its
 * history in memory: a pipeline must not fill a person's own history, nor wait for another kernel's lock on it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { CliError, systemReason } from '../errors.ts';

const IN_MEMORY = '--HistoryManager.hist_file=:memory:';
const IPYTHON_MODULES = ['ipykernel_launcher', 'ipykernel'];

export interface HeadlessSpec {
  readonly dir: string;
  /** To be called once the kernel is up: the hook reads the spec only at its start. */
  readonly remove: () => void;
}

/** @throws CliError when the runtime folder cannot be written. */
export function headlessSpec(specDir: string, runtimeDir: string): HeadlessSpec {
  const json = JSON.parse(readFileSync(join(specDir, 'kernel.json'), 'utf8')) as {
    readonly argv: readonly string[];
  };
  if (!json.argv.some(argument => IPYTHON_MODULES.includes(argument)))
    return { dir: specDir, remove: () => undefined };
  const argv = json.argv.map(argument => argument.replaceAll('{resource_dir}', specDir));
  const folder = join(runtimeDir, `pyperf-run-${randomUUID()}`);
  const dir = join(folder, basename(specDir));
  try {
    makeFolder(dir, 0o700);
    writeFileSync(
      join(dir, 'kernel.json'),
      JSON.stringify({ ...json, argv: [...argv, IN_MEMORY] }),
    );
  } catch (error) {
    throw new CliError(`cannot write in ${runtimeDir}: ${systemReason(error)}`, undefined, {
      cause: error,
    });
  }
  return { dir, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
