/** The Pythons of this machine, and how a program runs in one with the agent's parts loaded. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/** With the data libraries. */
export const libraryPython = `${root}.venv/bin/python`;

/** `[name, path]`; those that this machine lacks are left to the caller to skip by name. */
export const pythons: readonly (readonly [string, string])[] = [
  ['3.9', '/root/.pyenv/versions/3.9.18/bin/python'],
  ['3.10', '/root/.pyenv/versions/3.10.13/bin/python'],
  ['3.11', libraryPython],
  ['3.12', '/root/.pyenv/versions/3.12.1/bin/python'],
  ['3.13', '/root/.pyenv/versions/3.13.0/bin/python'],
  ['3.13t', '/root/.pyenv/versions/3.13.0t/bin/python'],
  ['PyPy', '/usr/bin/pypy3'],
];

export const has = (python: string): boolean => existsSync(python);

export function canImport(python: string, module: string): boolean {
  return has(python) && spawnSync(python, ['-c', `import ${module}`]).status === 0;
}

/**
 * Runs `programs/<program>.py`, which prints one JSON value last.
 * @throws Error with the program's standard error when it fails
 */
export async function runProgram(
  python: string,
  program: string,
  ...args: string[]
): Promise<unknown> {
  const { stdout } = await run(python, [`${programs}${program}.py`, ...args], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    timeout: 100_000,
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
