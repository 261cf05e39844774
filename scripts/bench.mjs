// @ts-check
/**
 * `npm run bench`: measures ourselves. `npm run bench -- hook` runs one of `bench/*.ts`.
 * Each exports `run(print, options)`, which measures and prints, one after the other: they would disturb each other.
 * `npm run bench -- --help` names them.
 * What follows the first word with a dash are the benchmark's own options: `npm run bench -- peers --quick`.
 */
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, SetupError } from './lib/step.mjs';
import { main, setup } from './setup.mjs';

const FOLDER = join(ROOT, 'bench');
const OUT = join(ROOT, 'dist/bench');

/**
 * A bundle stands elsewhere than the files that it is made of, which find their neighbours by where they stand.
 * @type {import('esbuild').Plugin}
 */
const ownFolders = {
  name: 'own-folders',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](bench|test)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.dirname',
        JSON.stringify(dirname(path)),
      ),
      loader: 'ts',
    }));
  },
};

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
    plugins: [ownFolders],
    logLevel: 'warning',
  });
  console.log(`\n${name}\n${'-'.repeat(name.length)}`);
  const { run } = await import(pathToFileURL(outfile).href);
  await run(console.log, options);
}

await main(async () => {
  const present = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter(file => file.endsWith('.ts'))
        .map(file => basename(file, '.ts'))
    : [];
  const words = process.argv.slice(2);
  if (words[0] === '--help' || words[0] === '-h') {
    console.log(
      `npm run bench [-- NAME… [OPTIONS]]   all of them, or some of ${present.join(', ')}`,
    );
    return;
  }
  const dash = words.findIndex(word => word.startsWith('-'));
  const wanted = dash < 0 ? words : words.slice(0, dash);
  const options = dash < 0 ? [] : words.slice(dash);
  const unknown = wanted.find(name => !present.includes(name));
  if (unknown !== undefined)
    throw new SetupError(`There is no benchmark "${unknown}", only ${present.join(', ')}.`);
  await setup('test');
  for (const name of wanted.length > 0 ? wanted : present) await bench(name, options);
});
