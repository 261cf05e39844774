// @ts-check
/**
 * Builds the JupyterLab extension to `dist/labextension`: esbuild makes ES modules of our sources and the libraries that
 * JupyterLab does not have, and Jupyter's own builder federates them, so that what JupyterLab has is taken from it.
 *
 * `node scripts/build-labextension.mjs [--quiet]`
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { recordBundled } from './lib/third-party.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'labextension');
const LIB = join(SOURCE, 'lib');
const OUT = join(ROOT, 'dist/labextension');
const QUIET = process.argv.includes('--quiet');

rmSync(LIB, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [join(SOURCE, 'src/index.ts')],
  metafile: true,
  outdir: LIB,
  bundle: true,
  // What is behind `import()` stays out of JupyterLab's start.
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  tsconfig: join(SOURCE, 'tsconfig.json'),
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
  define: { global: 'globalThis' },
  external: ['@jupyterlab/*', '@lumino/*', '@codemirror/*', 'react', 'react/*', 'react-dom'],
  plugins: [
    {
      // Plotly's maps bring a style sheet; we draw none.
      name: 'no-map-styles',
      setup: bundle =>
        bundle.onLoad({ filter: /node_modules.*\.css$/ }, () => ({ contents: '', loader: 'css' })),
    },
    {
      // Style sheets that come with late code rather than with JupyterLab's start.
      name: 'css-as-text',
      setup: bundle => {
        bundle.onResolve({ filter: /\.css\?text$/ }, ({ path, resolveDir }) => ({
          path: join(resolveDir, path.replace(/\?text$/, '')),
          namespace: 'css-text',
        }));
        bundle.onLoad({ filter: /.*/, namespace: 'css-text' }, async ({ path }) => {
          const sheet = await build({
            entryPoints: [path],
            bundle: true,
            minify: true,
            write: false,
          });
          return { contents: sheet.outputFiles[0]?.text ?? '', loader: 'text' };
        });
      },
    },
  ],
});

const require = createRequire(import.meta.url);
const federated = spawnSync(
  process.execPath,
  [
    require.resolve('@jupyter/builder/lib/build-labextension.js'),
    '--core-package-file',
    require.resolve('@jupyterlab/core-meta/core.package.json'),
    SOURCE,
  ],
  { cwd: SOURCE, encoding: 'utf8' },
);
if (federated.status !== 0) {
  console.error(`${federated.stdout}${federated.stderr}`);
  process.exit(1);
}
trimEntry();
widenRanges();
recordBundled('labextension', [metafile]);
if (!QUIET) {
  const names = readdirSync(join(OUT, 'static')).filter(name => name.endsWith('.js'));
  const bytes = names.map(name => statSync(join(OUT, 'static', name)).size);
  console.log(`dist/labextension ${Math.round(bytes.reduce((a, b) => a + b, 0) / 1000)} kB`);
}

/**
 * The federation's entry spells out every library's options, also those that are off, and every hash twice: an eighth of
 * all that JupyterLab loads of us at its start. An option that is not there is off as well.
 */
function trimEntry() {
  const folder = join(OUT, 'static');
  for (const name of readdirSync(folder).filter(file => file.startsWith('remoteEntry'))) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const off = /,(?:strictVersion|eager):!1|,fallback:void 0|,treeShakingMode:null|import:null,/g;
    // The hash stands in the name of each chunk's file already.
    const twice = /\+"\.js\?v="\+\(\{[^{}]*\}\)\[\w+\]/;
    writeFileSync(file, text.replace(off, '').replace(twice, '+".js"'));
  }
}

/**
 * We build against one exact JupyterLab; JupyterLab reads the versions as what the extension asks for, and would call it
 * incompatible with the next patch. The federated modules ask for the same ranges.
 */
function widenRanges() {
  const file = join(OUT, 'package.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, version] of Object.entries(json.dependencies))
    if (name.startsWith('@jupyterlab/') && /^\d/.test(version))
      json.dependencies[name] = `^${version}`;
  writeFileSync(file, `${JSON.stringify(json, null, 2)}\n`);
}
