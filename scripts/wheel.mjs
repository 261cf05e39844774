// @ts-check
/**
 * `npm run wheel`: builds everything and packs it into `dist/jupyterlab_pyperf-….whl` for this platform.
 *
 * `-- --all` packs one for each platform that ZeroMQ has a ready-made addon for, `-- --no-build` what is built already,
 * `-- --out DIR` into another folder, `-- --python PATH` with a Python that has hatchling, instead of `.venv`.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { checkNode, installNodePackages } from './lib/node-packages.mjs';
import { installPythonPackages, VENV } from './lib/python-packages.mjs';
import { PLATFORMS, stageBundle } from './lib/stage-bundle.mjs';
import { ROOT, run, SetupError, step, tail } from './lib/step.mjs';
import { thirdPartyLicences } from './lib/third-party.mjs';
import { main } from './setup.mjs';

const DIST = join(ROOT, 'dist');
const STAGE = join(DIST, 'wheel');
/**
 * The oldest systems are those that Node 20 and the addons ask for.
 * @type {Record<Platform, string>}
 */
const PLATFORM_TAGS = {
  'linux-x64': 'manylinux_2_28_x86_64.musllinux_1_2_x86_64',
  'linux-arm64': 'manylinux_2_28_aarch64.musllinux_1_2_aarch64',
  'darwin-arm64': 'macosx_11_0_arm64',
  'darwin-x64': 'macosx_10_15_x86_64',
  'win32-x64': 'win_amd64',
  'win32-arm64': 'win_arm64',
};
/** @typedef {import('./lib/stage-bundle.mjs').Platform} Platform */

/** @param {{ all: boolean, build: boolean, out: string, python: string | undefined }} options */
async function buildWheels({ all, build, out, python }) {
  if (build) {
    checkNode();
    await step('Node packages', installNodePackages);
    if (python === undefined)
      await step('Python packages in .venv', () => installPythonPackages('test'));
    await step('build', async () => {
      for (const folder of ['kernel', 'cli', 'labextension', 'bundled'])
        rmSync(join(DIST, folder), { recursive: true, force: true });
      for (const script of ['build.mjs', 'build-labextension.mjs'])
        await must(process.execPath, [join(ROOT, 'scripts', script), '--quiet']);
      return 'done';
    });
  }
  const here = /** @type {Platform} */ (`${process.platform}-${process.arch}`);
  if (!all && !(here in PLATFORM_TAGS)) throw new SetupError(`ZeroMQ has no addon for ${here}.`);
  const platforms = all ? PLATFORMS : [here];
  writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences());
  /** @type {string[]} */
  const wheels = [];
  for (const platform of platforms)
    await step(`wheel for ${platform}`, async () => {
      wheels.push(await buildWheel(platform, out, python ?? join(VENV, 'bin', 'python')));
      return 'done';
    });
  return wheels;
}

/**
 * @param {Platform} platform
 * @param {string} out
 * @param {string} python
 */
async function buildWheel(platform, out, python) {
  rmSync(STAGE, { recursive: true, force: true });
  stageBundle(join(STAGE, 'bundle'), [platform]);
  stageExtension(join(STAGE, 'labextension'));
  const tag = PLATFORM_TAGS[platform];
  await must(python, ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', out], {
    PYPERF_WHEEL_PLATFORM: tag,
  });
  rmSync(STAGE, { recursive: true, force: true });
  return join(out, `jupyterlab_pyperf-${packageJson.version}-py3-none-${tag}.whl`);
}

/** @param {string} target */
function stageExtension(target) {
  const built = join(DIST, 'labextension');
  if (!existsSync(built)) throw new SetupError('The extension is not built: npm run build');
  mkdirSync(target, { recursive: true });
  cpSync(built, target, { recursive: true });
  // What JupyterLab's extension manager shows, and how a person can remove it.
  const install = {
    packageManager: 'python',
    packageName: 'jupyterlab-pyperf',
    uninstallInstructions:
      'Use your Python package manager (pip, conda, etc.) to uninstall the package jupyterlab-pyperf',
  };
  writeFileSync(join(target, 'install.json'), `${JSON.stringify(install, null, 2)}\n`);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
async function must(program, args, env = {}) {
  const result = await run(program, args, { env });
  if (result.code !== 0)
    throw new SetupError(
      `${[basename(program), ...args].join(' ')} failed.\n${tail(result.output, 40)}`,
    );
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    const { values } = parseArgs({
      options: {
        all: { type: 'boolean', default: false },
        'no-build': { type: 'boolean', default: false },
        out: { type: 'string', default: DIST },
        python: { type: 'string' },
      },
    });
    const wheels = await buildWheels({
      all: values.all,
      build: !values['no-build'],
      out: resolve(values.out),
      python: values.python,
    });
    for (const wheel of wheels) console.log(wheel);
  });
