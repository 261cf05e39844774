// @ts-check
/** Builds `dist/` when a source is newer, and puts the command into `.venv`. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { VENV } from './python-packages.mjs';
import { hashOf, readStamp, writeStamp, writeText } from './stamp.mjs';
import { ROOT, run, SetupError, tail } from './step.mjs';

const SOURCES = ['kernel', 'src', 'labextension', 'scripts', 'package.json', 'package-lock.json'];
/** Of the extension: made by its build, in the middle of its sources. */
const BUILT = join(ROOT, 'labextension/lib');
const COMMAND = join(ROOT, 'dist/cli/jupyter-pyperf.mjs');

/** @returns {Promise<'there' | 'done'>} */
export async function buildIfNeeded() {
  const fingerprint = hashOf(SOURCES.flatMap(source => describeFiles(join(ROOT, source))));
  if (readStamp('build') === fingerprint && existsSync(COMMAND)) return 'there';
  const built = await run(process.execPath, [join(ROOT, 'scripts/build.mjs')]);
  if (built.code !== 0) throw new SetupError(`The build failed.\n${tail(built.output, 40)}`);
  const lab = await run(process.execPath, [join(ROOT, 'scripts/build-labextension.mjs')]);
  if (lab.code !== 0)
    throw new SetupError(`The extension's build failed.\n${tail(lab.output, 40)}`);
  writeStamp('build', fingerprint);
  return 'done';
}

/**
 * JupyterLab and Notebook find extensions in their environment's `share/jupyter/labextensions`.
 * @returns {Promise<'there' | 'done'>}
 */
export async function linkExtension() {
  const link = join(VENV, 'share/jupyter/labextensions/jupyterlab-pyperf');
  const target = join(ROOT, 'dist/labextension');
  if (existsSync(link) && realpathSync(link) === realpathSync(target)) return 'there';
  rmSync(link, { recursive: true, force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, 'dir');
  return 'done';
}

/**
 * Path, size and date of every file, which tells a changed tree from an unchanged one without reading it.
 * @param {string} path
 * @returns {string[]}
 */
function describeFiles(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(path)
    .sort()
    .filter(name => name !== 'node_modules' && name !== '__pycache__')
    .filter(name => join(path, name) !== BUILT)
    .flatMap(name => describeFiles(join(path, name)));
}

/**
 * `jupyter pyperf` looks for an executable `jupyter-pyperf` beside `jupyter`.
 * @returns {Promise<'there' | 'done'>}
 */
export async function installLauncher() {
  const file = join(VENV, 'bin', 'jupyter-pyperf');
  const text = [
    '#!/bin/sh',
    '# Written by scripts/setup.mjs. Tells the command which environment it belongs to.',
    `PYPERF_PREFIX=${quote(VENV)} exec ${quote(process.execPath)} ${quote(COMMAND)} "$@"`,
    '',
  ].join('\n');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 'there';
  writeText(file, text, 0o755);
  return 'done';
}

/** @param {string} path */
const quote = path => `'${path.replaceAll("'", String.raw`'\''`)}'`;
