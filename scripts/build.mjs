/**
 * Bundles what Node runs: the hook, its sampling worker and the command line.
 *
 * `node scripts/build.mjs [--quiet]`. Entries whose source does not exist are left out.
 */
import { build } from 'esbuild';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { addonsOf } from './lib/zeromq-addons.mjs';
import { recordBundled } from './lib/third-party.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const QUIET = process.argv.includes('--quiet');

/**
 * CommonJS where ZeroMQ is inside (it is CommonJS, and loads faster so); what is behind `import()` is evaluated only
 * when it is asked for.
 */
const BUNDLES = [
  { entry: 'kernel/main.ts', out: 'dist/kernel/hook.cjs', format: 'cjs' },
  { entry: 'kernel/attach.ts', out: 'dist/kernel/attach.cjs', format: 'cjs' },
  { entry: 'kernel/worker.ts', out: 'dist/kernel/sampling-worker.mjs', format: 'esm' },
  { entry: 'kernel/findings/worker.ts', out: 'dist/kernel/findings-worker.mjs', format: 'esm' },
  // These two run inside tslab's process: `node --require` takes CommonJS.
  {
    entry: 'kernel/languages/node/inside/preload.ts',
    out: 'dist/kernel/node/preload.cjs',
    format: 'cjs',
  },
  {
    entry: 'kernel/languages/node/inside/profiler-worker.ts',
    out: 'dist/kernel/node/profiler-worker.cjs',
    format: 'cjs',
  },
  { entry: 'src/cli/main.ts', out: 'dist/cli/jupyter-pyperf.mjs', format: 'esm', executable: true },
];

/** What `import.meta.url` is in a CommonJS bundle, and `require` in an ES module. */
const CJS_META = "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;";
const ESM_REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __dirname = require('node:path').dirname(require('node:url').fileURLToPath(import.meta.url));";

/** ZeroMQ's own loader searches node_modules; a bundle finds the addon beside itself. */
const zeromqAddon = {
  name: 'zeromq-addon',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\/load-addon$/ }, ({ importer }) =>
      importer.includes('zeromq') ? { path: 'load-addon', namespace: 'zeromq-addon' } : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'zeromq-addon' }, () => ({
      loader: 'js',
      contents: readFileSync(join(ROOT, 'scripts/zeromq-addon.cjs'), 'utf8'),
    }));
  },
};

const metafiles = [];
for (const { entry, out, format, executable } of BUNDLES) {
  const source = join(ROOT, entry);
  if (!existsSync(source)) continue;
  const outfile = join(ROOT, out);
  const { metafile } = await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    legalComments: 'linked',
    // Half the text is comments, and reading it is most of what the hook does before it starts the kernel.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    loader: { '.py': 'text' },
    plugins: [zeromqAddon],
    ...(format === 'cjs'
      ? {
          banner: { js: CJS_META },
          define: { 'import.meta.url': '__bundleUrl', 'import.meta.dirname': '__dirname' },
        }
      : { banner: { js: executable ? `#!/usr/bin/env node\n${ESM_REQUIRE}` : ESM_REQUIRE } }),
  });
  if (executable) chmodSync(outfile, 0o755);
  metafiles.push(metafile);
  if (!QUIET) console.log(`${out} ${Math.round(statSync(outfile).size / 1000)} kB`);
}

// The parser of findings, beside both the hook's and the command's bundles.
mkdirSync(join(ROOT, 'dist/tree-sitter'), { recursive: true });
for (const name of ['web-tree-sitter', 'tree-sitter-python'])
  copyFileSync(
    join(ROOT, 'node_modules', name, `${name}.wasm`),
    join(ROOT, 'dist/tree-sitter', `${name}.wasm`),
  );

// For notebooks beside which tslab is installed, but not listed as a kernel.
cpSync(join(ROOT, 'kernel/languages/node/kernels'), join(ROOT, 'dist/kernel/kernels'), {
  recursive: true,
});

copyAddons(join(ROOT, 'dist/kernel'));
recordBundled('node', metafiles);

/** For this platform; a file that is there already may be in use. */
function copyAddons(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, file } of addonsOf(process.platform, process.arch)) {
    const target = join(folder, name);
    if (existsSync(target) && statSync(target).size === statSync(file).size) continue;
    copyFileSync(file, target);
  }
}
