// @ts-check
/**
 * Makes a fresh clone ready on a machine with only Node and Python; does nothing that is done already.
 * `npm run setup`; the demo and the tests call it themselves.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded, installLauncher, linkExtension } from './lib/build-step.mjs';
import { installChromium } from './lib/chromium.mjs';
import { checkNode, installNodePackages } from './lib/node-packages.mjs';
import { installPythonPackages } from './lib/python-packages.mjs';
import { allOf, ROOT, SetupError, step } from './lib/step.mjs';
import { installTslab } from './lib/tslab.mjs';

/** @param {'demo' | 'test'} purpose what will be run next: the tests need more. */
export async function setup(purpose) {
  checkNode();
  await allOf(
    step('Node packages', installNodePackages),
    step('Python packages in .venv', () => installPythonPackages(purpose)),
  );
  await step('tslab for the TypeScript notebooks', installTslab);
  await step('build', buildIfNeeded);
  await step('jupyter-pyperf in .venv', installLauncher);
  await step('JupyterLab extension in .venv', linkExtension);
  if (purpose === 'test' && hasBrowserTests()) await step('Chromium', installChromium);
}

export function hasBrowserTests() {
  const folder = join(ROOT, 'test/browser');
  return existsSync(folder) && readdirSync(folder).some(name => /\.(spec|test)\.ts$/.test(name));
}

/**
 * Runs a script's work, and tells its failure in a sentence where it is one of ours.
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setup('test');
    console.log('Ready.');
  });
}
