// @ts-check
/** What Node runs of ours, put together for a package: the bundles of `dist` and the native addons beside them. */
import { copyFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetupError } from './step.mjs';
import { addonsOf } from './zeromq-addons.mjs';

const DIST = join(ROOT, 'dist');
/** What is in `dist` and is no part of the package that Node runs. */
const NOT_NODES = ['labextension', 'wheel', 'npm', 'bench', 'bundled', 'case-studies'];

/** Platforms that ZeroMQ has a ready-made addon for, by Node's names. */
export const PLATFORMS = /** @type {const} */ ([
  'linux-x64',
  'linux-arm64',
  'darwin-arm64',
  'darwin-x64',
  'win32-x64',
  'win32-arm64',
]);
/** @typedef {typeof PLATFORMS[number]} Platform */

/**
 * @param {string} target
 * @param {readonly Platform[]} platforms
 */
export function stageBundle(target, platforms) {
  for (const entry of readdirSync(DIST, { withFileTypes: true })) {
    const isWanted = entry.isDirectory()
      ? !NOT_NODES.includes(entry.name)
      : entry.name.endsWith('.wasm');
    if (isWanted)
      cpSync(join(DIST, entry.name), join(target, entry.name), {
        recursive: true,
        filter: source => !/\.(map|node)$/.test(source),
      });
  }
  for (const platform of platforms) {
    const [os = '', arch = ''] = platform.split('-');
    const addons = addonsOf(os, arch);
    if (addons.length === 0)
      throw new SetupError(`ZeroMQ's package brings no addon for ${platform}.`);
    for (const { name, file } of addons) copyFileSync(file, join(target, 'kernel', name));
  }
}
