// @ts-check
/** Node's side: its version, and `node_modules` as the lock file says. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, run, SetupError, tail } from './step.mjs';

const MIN_NODE = 20;
const MIN_NPM = 10;

export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) < MIN_NODE)
    throw new SetupError(
      `Node ${process.versions.node} is too old: install Node ${MIN_NODE} or newer, then run this again.`,
    );
}

/**
 * @param {string} [folder] with a lock file of its own.
 * @returns {Promise<'there' | 'done'>}
 */
export async function installNodePackages(folder = ROOT) {
  if (matchesLockFile(folder)) return 'there';
  const npm = npmCommand();
  const version = await run(npm.program, [...npm.args, '--version']);
  if (version.code !== 0)
    throw new SetupError('npm is missing: install Node from a package that includes npm.');
  if (Number(version.stdout.split('.')[0]) < MIN_NPM)
    throw new SetupError(
      `npm ${version.stdout.trim()} is too old: install npm ${MIN_NPM} or newer.`,
    );
  const ci = await run(npm.program, [
    ...npm.args,
    ...['ci', '--no-audit', '--no-fund', '--prefix', folder],
  ]);
  if (ci.code !== 0)
    throw new SetupError(
      `npm ci failed. It needs the npm registry once; check the network, the proxy and that ${folder} is writable.\n${reasons(ci.output)}`,
    );
  return 'done';
}

/**
 * npm prints its reasons first, and its whole manual after them.
 * @param {string} output
 */
const reasons = output =>
  tail(
    output
      .split('\n')
      .filter(line => /^npm error \S/.test(line))
      .slice(0, 8)
      .join('\n'),
  );

/** npm tells the scripts it runs where it is; without that, beside Node, then on PATH. */
function npmCommand() {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm?.endsWith('npm-cli.js')) return { program: process.execPath, args: [fromNpm] };
  const beside = join(dirname(process.execPath), 'npm');
  return { program: existsSync(beside) ? beside : 'npm', args: [] };
}

/**
 * npm writes `.package-lock.json` last, so a broken installation has none.
 * @param {string} folder
 */
function matchesLockFile(folder) {
  try {
    const wanted = packagesIn(join(folder, 'package-lock.json'));
    const present = packagesIn(join(folder, 'node_modules/.package-lock.json'));
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (present[path] ? present[path].version === version : optional === true),
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
const packagesIn = lockFile => JSON.parse(readFileSync(lockFile, 'utf8')).packages;
