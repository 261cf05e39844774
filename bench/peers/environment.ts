/** The peers' own Python environment: a throw-away one, so that nothing of theirs meets what we ship. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PYTHON, ROOT } from '../../test/support/kernels.ts';

export const FOLDER = join(ROOT, 'bench/peers');
const REQUIREMENTS = join(FOLDER, 'requirements.txt');
const INSTALL_WITHIN_MS = 600_000;

export interface PeerEnvironment {
  /** A command before every one that is measured, such as `nice`; may be empty. */
  readonly startedBy: readonly string[];
  /** Its `bin`, where python and the peers' commands are. */
  readonly bin: string;
  /** Versions by the packages' names in `requirements.txt`. */
  readonly versions: ReadonlyMap<string, string>;
  /** Why a package is not there, in pip's words. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Uses the one that an earlier run left, where its requirements are the same. */
export function openEnvironment(
  startedBy: readonly string[],
  print: (line: string) => void,
): PeerEnvironment {
  const text = readFileSync(REQUIREMENTS, 'utf8');
  const wanted = text.split('\n').filter(line => /^\w/.test(line));
  const key = createHash('sha256').update(text).update(PYTHON).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `pyperf-bench-peers-${key}`);
  const bin = join(folder, 'bin');
  const record = join(folder, 'missing.json');
  if (!existsSync(record)) {
    print(`Installing the peers from the package index into ${folder}.`);
    const made = run(PYTHON, ['-m', 'venv', folder]);
    if (made !== undefined) throw new Error(`${folder} cannot be made: ${made}`);
    writeFileSync(record, JSON.stringify(install(join(bin, 'python'), wanted)));
  }
  const missing = JSON.parse(readFileSync(record, 'utf8')) as Record<string, string>;
  const versions = wanted
    .map(line => line.split('==') as [string, string])
    .filter(([name]) => !(name in missing));
  return { startedBy, bin, versions: new Map(versions), missing: new Map(Object.entries(missing)) };
}

/** @returns what could not be installed, and why. One by one only where all at once fails. */
function install(python: string, wanted: readonly string[]): Record<string, string> {
  const pip = (packages: readonly string[]): string | undefined =>
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  if (pip(wanted) === undefined) return {};
  const failed = wanted.map(one => [one.split('==')[0], pip([one])] as const);
  return Object.fromEntries(failed.filter(([, reason]) => reason !== undefined)) as Record<
    string,
    string
  >;
}

/** @returns undefined on success, otherwise the last line of what it said. */
function run(command: string, args: readonly string[]): string | undefined {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_WITHIN_MS });
  if (done.status === 0) return undefined;
  return done.stderr.trim().split('\n').at(-1) || String(done.error ?? done.signal);
}
