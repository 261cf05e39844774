// @ts-check
/**
 * `npm run bench`: measures ourselves. `npm run bench -- hook` runs one of `bench/*.ts`.
 * Each exports `run(print, options)`, which measures and prints, one after the other: they would disturb each other.
 * What follows the first word with a dash are the benchmark's own options: `npm run bench -- peers --quick`.
 */
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, SetupError } from './lib/step.mjs';
import { main, setup } from './setup.mjs';

const FOLDER = join(ROOT, 'bench');
/** As deep below the root as the sources: they find their files from where they stand. */
const OUT = join(ROOT, 'dist/bench');

/**
 * @param {string} name
 * @param {readonly string[]} options
 */
async function bench(name, options) {
  const outfile = join(OUT, `${name}.mjs`);
  await build({
    entryPoints: [join(FOLDER, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    loader: { '.py': 'text' },
    logLevel: 'warning',
  });
  console.log(`\n${name}\n${'-'.repeat(name.length)}`);
  const { run } = await import(pathToFileURL(outfile).href);
  await run(console.log, options);
}

await main(async () => {
  await setup('test');
  const present = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter(file => file.endsWith('.ts'))
        .map(file => basename(file, '.ts'))
    : [];
  const words = process.argv.slice(2);
  const dash = words.findIndex(word => word.startsWith('-'));
  const wanted = dash < 0 ? words : words.slice(0, dash);
  const options = dash < 0 ? [] : words.slice(dash);
  const unknown = wanted.find(name => !present.includes(name));
  if (unknown !== undefined)
    throw new SetupError(`There is no benchmark "${unknown}", only ${present.join(', ')}.`);
  for (const name of wanted.length > 0 ? wanted : present) await bench(name, options);
});
