/** Finds the program that a kernelspec names, and whether it is JavaScript that we can start with Node ourselves. */
import { accessSync, closeSync, constants, openSync, readSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

/**
 * As a shell would find it; then as `npm install` puts programs: below `folder` or a folder above it.
 * @returns the real path; undefined when there is none.
 */
export function findProgram(
  name: string,
  { path, folder }: { readonly path: string; readonly folder: string },
): string | undefined {
  const candidates =
    isAbsolute(name) || /[\\/]/.test(name)
      ? [resolve(folder, name)]
      : [...path.split(delimiter).filter(Boolean), ...binFolders(folder)].map(dir =>
          join(dir, name),
        );
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK);
      return realpathSync(candidate);
    } catch {
      // not here
    }
  }
  return undefined;
}

/** `node_modules/.bin` of a folder and of all above it, nearest first. */
function binFolders(folder: string): string[] {
  const found: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    found.push(join(at, 'node_modules', '.bin'));
    if (at === dirname(at)) return found;
  }
}

/** Whether a file's first line says that Node runs it. */
export function isNodeScript(file: string): boolean {
  const head = Buffer.alloc(128);
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  return /^#!.*\bnode\b/.test(head.toString('latin1').split('\n')[0] ?? '');
}
