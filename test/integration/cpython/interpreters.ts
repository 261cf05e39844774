/** Every CPython here that the sampler knows. `PYPERF_TEST_PYTHONS` (paths, separated by `:`) adds to them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_MINORS } from '../../../kernel/languages/python/cpython/layouts/known-versions.ts';

export interface Interpreter {
  readonly path: string;
  /** `3.12`. */
  readonly version: string;
  readonly modules: ReadonlySet<string>;
}

const WANTED = KNOWN_MINORS.map(minor => `3.${minor}`);
const REPOSITORY = join(import.meta.dirname, '../../..');
const PROBE = `
import importlib.util as u, sys
print("%d.%d" % sys.version_info[:2], *[m for m in ("numpy", "pandas", "joblib") if u.find_spec(m)])`;

/** One interpreter a version: the first that has numpy and pandas, else the first. */
export const interpreters: readonly Interpreter[] = findInterpreters();

/** Versions that no interpreter here has; `name-missing.ts` has the tests name them. */
export const missingVersions = WANTED.filter(
  version => !interpreters.some(interpreter => interpreter.version === version),
);

function findInterpreters(): Interpreter[] {
  const best = new Map<string, Interpreter>();
  const seen = new Set<string>();
  for (const path of candidates()) {
    // A virtual environment is a link to an interpreter with other modules: both count.
    if (!existsSync(path) || seen.has(path)) continue;
    seen.add(path);
    const found = probe(path);
    if (!found || !WANTED.includes(found.version)) continue;
    const known = best.get(found.version);
    if (!known || found.modules.size > known.modules.size) best.set(found.version, found);
  }
  return [...best.values()].sort((a, b) => minor(a.version) - minor(b.version));
}

function candidates(): string[] {
  const named = (process.env['PYPERF_TEST_PYTHONS'] ?? '').split(':').filter(Boolean);
  const pyenv = '/root/.pyenv/versions';
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const onPath = (process.env['PATH'] ?? '')
    .split(':')
    .flatMap(folder =>
      WANTED.map(version => join(folder, `python${version}`)).filter(
        path => existsSync(path) && !isShim(path),
      ),
    );
  return [
    ...named,
    join(REPOSITORY, '.venv/bin/python'),
    ...installed.map(version => join(pyenv, version, 'bin/python')),
    ...onPath,
  ];
}

function isShim(path: string): boolean {
  return realpathSync(path).includes('/shims/');
}
function minor(version: string): number {
  return Number(version.split('.')[1]);
}

function probe(path: string): Interpreter | undefined {
  try {
    const words = execFileSync(path, ['-c', PROBE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(' ');
    const [version = '', ...modules] = words;
    return { path, version, modules: new Set(modules) };
  } catch {
    return undefined;
  }
}
