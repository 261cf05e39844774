// @ts-check
/** Python's side: an interpreter, and `.venv` with the pinned packages. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';
import { ROOT, run, SetupError, tail } from './step.mjs';

export const VENV = join(ROOT, '.venv');
const VENV_PYTHON = join(VENV, 'bin', 'python');
const MIN_MINOR = 11;
/** `python3` first: it is the one that a person means. The newest last: its wheels come late. */
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14', 'python'];
const PROBE = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
const REQUIREMENTS = {
  demo: ['binder/requirements.txt'],
  test: ['binder/requirements.txt', 'test/requirements.txt'],
};

/**
 * @param {'demo' | 'test'} purpose the tests' packages include the demo's.
 * @returns {Promise<'there' | 'done'>}
 */
export async function installPythonPackages(purpose) {
  if (isStamped('test') || (purpose === 'demo' && isStamped('demo'))) {
    if ((await run(VENV_PYTHON, ['-c', PROBE])).code === 0) return 'there';
    rmSync(VENV, { recursive: true, force: true }); // the system's Python went away under it
  }
  if (!(await hasPip())) await createVenv();
  const pip = await run(VENV_PYTHON, [
    ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--prefer-binary'],
    ...['--quiet', '-r', join(ROOT, /** @type {string} */ (REQUIREMENTS[purpose].at(-1)))],
  ]);
  if (pip.code !== 0)
    throw new SetupError(
      `pip could not install the Python packages. It needs a package index once; check the network and the proxy.\n${tail(pip.output)}`,
    );
  writeStamp(`python-${purpose}`, fingerprint(purpose));
  return 'done';
}

/** @param {'demo' | 'test'} purpose */
const isStamped = purpose => readStamp(`python-${purpose}`) === fingerprint(purpose);

/** @param {'demo' | 'test'} purpose */
const fingerprint = purpose =>
  hashOf([VENV, ...REQUIREMENTS[purpose].map(file => readFileSync(join(ROOT, file)))]);

const hasPip = async () => (await run(VENV_PYTHON, ['-m', 'pip', '--version'])).code === 0;

async function createVenv() {
  const python = await findPython();
  if (!(await canMakeVenv(python))) {
    const name = `python${(await versionOf(python))?.split('.').slice(0, 2).join('.') ?? '3'}-venv`;
    await aptInstall([name]);
    if (!(await canMakeVenv(python)))
      throw new SetupError(
        `${python} has no venv module: install it (on Debian and Ubuntu: apt-get install ${name}), then run this again.`,
      );
  }
  const made = await run(python, ['-m', 'venv', '--clear', VENV]);
  if (made.code !== 0)
    throw new SetupError(`Cannot make ${VENV}: is the folder writable?\n${tail(made.output)}`);
}

/** @param {string} python */
const canMakeVenv = async python =>
  (await run(python, ['-c', 'import venv, ensurepip'])).code === 0;

/**
 * @param {string} python
 * @returns {Promise<string | undefined>}
 */
async function versionOf(python) {
  const { code, stdout } = await run(python, ['-c', PROBE]);
  return code === 0 ? stdout.trim() : undefined;
}

async function findPython() {
  const chosen = process.env.PYTHON;
  /** @type {string[]} */
  const seen = [];
  for (const candidate of chosen ? [chosen] : CANDIDATES) {
    const version = await versionOf(candidate);
    if (version === undefined) continue;
    const [major, minor] = version.split('.').map(Number);
    if (major === 3 && (minor ?? 0) >= MIN_MINOR) return candidate;
    seen.push(`${candidate} is ${version}`);
  }
  throw new SetupError(
    `No Python 3.${MIN_MINOR} or newer was found${seen.length > 0 ? ` (${seen.join(', ')})` : ''}: ` +
      'install one, or name it with PYTHON=/path/to/python3, then run this again.',
  );
}
