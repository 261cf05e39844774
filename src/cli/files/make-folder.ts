import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errors.ts';

/**
 * Makes a folder and those above it. Node's own `recursive: true` never returns where a folder exists but nothing can
 * be made in it with ENOENT as the answer, as in /proc (Node 20).
 * @throws the system's error.
 */
export function makeFolder(dir: string, mode?: number): void {
  try {
    mkdirSync(dir, { mode });
  } catch (error) {
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = dirname(dir);
    const parentIsThere = statSync(parent, { throwIfNoEntry: false }) !== undefined;
    if (errorCode(error) !== 'ENOENT' || parentIsThere) throw error;
    makeFolder(parent, mode);
    mkdirSync(dir, { mode });
  }
}
