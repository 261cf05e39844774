// @ts-check
/** Debian packages, where this is a Debian and we may install. */
import { run } from './step.mjs';

/**
 * @param {readonly string[]} packages
 * @returns {Promise<'installed' | 'not-possible' | 'failed'>}
 */
export async function aptInstall(packages) {
  if ((await run('apt-get', ['--version'])).code !== 0) return 'not-possible';
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (prefix.length > 0 && (await run('sudo', ['-n', 'true'])).code !== 0) return 'not-possible';
  const apt = async (/** @type {string[]} */ ...args) => {
    const [program, ...rest] = [...prefix, 'apt-get', ...args];
    return (
      await run(/** @type {string} */ (program), rest, {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      })
    ).code;
  };
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  // The lists may be absent, as in a fresh container, or old.
  if ((await install()) === 0) return 'installed';
  await apt('update');
  return (await install()) === 0 ? 'installed' : 'failed';
}
