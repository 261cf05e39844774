/** Packs what is built into wheels, and opens them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PYTHON, ROOT } from '../support/kernels.ts';

/** @returns the wheels' files, in `folder`. */
export function packWheels(folder: string, ...options: readonly string[]): string[] {
  const script = join(ROOT, 'scripts/wheel.mjs');
  execFileSync(process.execPath, [script, '--no-build', '--out', folder, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readdirSync(folder)
    .filter(name => name.endsWith('.whl'))
    .map(name => join(folder, name));
}

export function unpack(wheel: string, folder: string): void {
  execFileSync(PYTHON, ['-m', 'zipfile', '-e', wheel, folder]);
}

/** Paths of all files below, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export const bytesOf = (file: string): number => statSync(file).size;
