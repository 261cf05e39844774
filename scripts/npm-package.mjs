// @ts-check
/**
 * `npm run npm-package`: packs the hook and the command `jupyter-pyperf` for TypeScript users into
 * `dist/jupyterlab-pyperf-….tgz`, one file for all platforms, without dependencies.
 *
 * `-- --no-build` packs what is built already, `-- --out DIR` into another folder.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { checkNode, installNodePackages } from './lib/node-packages.mjs';
import { PLATFORMS, stageBundle } from './lib/stage-bundle.mjs';
import { ROOT, run, SetupError, step, tail } from './lib/step.mjs';
import { thirdPartyLicences } from './lib/third-party.mjs';
import { main } from './setup.mjs';

const DIST = join(ROOT, 'dist');
const STAGE = join(DIST, 'npm');
const NAME = 'jupyterlab-pyperf';

function stage() {
  rmSync(STAGE, { recursive: true, force: true });
  stageBundle(STAGE, PLATFORMS);
  const { version, description, license, engines } = packageJson;
  const manifest = {
    ...{ name: NAME, version, description, license, engines },
    keywords: ['jupyter', 'profiler', 'tslab', 'typescript', 'notebook'],
    bin: { 'jupyter-pyperf': 'cli/jupyter-pyperf.mjs' },
  };
  writeFileSync(join(STAGE, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ['README.md', 'LICENSE']) copyFileSync(join(ROOT, file), join(STAGE, file));
  writeFileSync(join(STAGE, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences());
}

/** @param {string} out */
async function pack(out) {
  mkdirSync(out, { recursive: true });
  const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', out, STAGE]);
  if (packed.code !== 0) throw new SetupError(`npm pack failed.\n${tail(packed.output, 40)}`);
  rmSync(STAGE, { recursive: true, force: true });
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      'no-build': { type: 'boolean', default: false },
      out: { type: 'string', default: DIST },
    },
  });
  if (!values['no-build']) {
    checkNode();
    await step('Node packages', installNodePackages);
    await step('build', async () => {
      for (const script of ['build.mjs', 'build-labextension.mjs']) {
        const built = await run(process.execPath, [join(ROOT, 'scripts', script), '--quiet']);
        if (built.code !== 0) throw new SetupError(tail(built.output, 40));
      }
      return 'done';
    });
  }
  const out = resolve(values.out);
  await step('npm package', async () => {
    stage();
    await pack(out);
    return 'done';
  });
  console.log(join(out, `${NAME}-${packageJson.version}.tgz`));
});
