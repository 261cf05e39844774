// @ts-check
/**
 * `npm run case-studies`: runs the ten notebooks of `case-studies` under the profiler, prints each one's summary and each
 * pair's comparison, and fails when a finding that the study names is not found on its line, is still there in the
 * improved notebook, or when a share differs from what the notebook itself times.
 * `npm run case-studies -- --only finance` runs one pair. Everything written is in `pyperf-out/case-studies`.
 */
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { VENV } from './lib/python-packages.mjs';
import { ROOT, SetupError } from './lib/step.mjs';
import { main, setup } from './setup.mjs';

const FOLDER = join(ROOT, 'case-studies');

const studies = readdirSync(join(FOLDER, 'expectations'))
  .filter(file => file.endsWith('.json'))
  .map(file => basename(file, '.json'));

/** The checks are TypeScript, as the rest; dist/ is as deep below the root. */
async function loadChecks() {
  const outfile = join(ROOT, 'dist/case-studies/main.mjs');
  await build({
    entryPoints: [join(FOLDER, 'check/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

function chosen() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const unknown = values.only?.find(name => !studies.includes(name));
  if (unknown !== undefined)
    throw new SetupError(`There is no study "${unknown}", only ${studies.join(', ')}.`);
  return values.only ?? studies;
}

await main(async () => {
  const names = chosen();
  await setup('test');
  const { runStudies } = await loadChecks();
  /** @type {readonly string[]} */
  const wrong = await runStudies(names, { root: ROOT, venv: VENV, print: console.log });
  console.log(`\n${names.length} studies, ${2 * names.length} notebooks`);
  if (wrong.length === 0)
    return console.log('Everything was found, and is gone where it was improved.');
  console.log(wrong.join('\n'));
  process.exitCode = 1;
});
