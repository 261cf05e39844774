// @ts-check
/** The native addons that ZeroMQ's package brings ready-made, by platform, under the names that our bundles look for. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Node's ABI is stable: of several builds the newest one whose Node version ours reaches. On Linux both C libraries,
 * because what is built here may be used on either.
 * @param {string} platform
 * @param {string} arch
 * @returns {{ name: string, file: string }[]} empty for a platform that ZeroMQ has no build for.
 */
export function addonsOf(platform, arch) {
  const zeromq = dirname(createRequire(import.meta.url).resolve('zeromq/package.json'));
  const wanted =
    platform === 'linux'
      ? [
          ['glibc-127-Release', '-glibc'],
          ['musl-127-Release', '-musl'],
        ]
      : [[`${platform === 'win32' ? 'msvc' : 'libc'}-115-Release`, '']];
  return wanted
    .map(([build, suffix]) => ({
      name: `zeromq-${platform}-${arch}${suffix}.node`,
      file: join(zeromq, 'build', platform, arch, 'node', String(build), 'addon.node'),
    }))
    .filter(({ file }) => existsSync(file));
}
