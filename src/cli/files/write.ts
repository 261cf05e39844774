/** Files appear whole or not at all: a reader never sees half a report, and a full disk leaves the old one. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { CliError, EXIT, systemReason } from '../errors.ts';

/** @throws CliError in one sentence; nothing of the new file is left then. */
export function writeAtomically(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
  try {
    const file = openSync(temporary, 'wx', 0o666);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new CliError(`cannot write ${path}: ${systemReason(error)}`, EXIT.failed, {
      cause: error,
    });
  }
}

/**
 * Finds out before a notebook runs for hours that its results could not be stored.
 * @throws CliError in one sentence.
 */
export function prepareFolder(dir: string): void {
  const probe = join(dir, `.pyperf-${randomBytes(4).toString('hex')}`);
  try {
    makeFolder(dir);
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
  } catch (error) {
    throw new CliError(`cannot write in ${dir}: ${systemReason(error)}`, EXIT.usage, {
      cause: error,
    });
  }
}
