/**
 * Writes the profile's JSON Schema from its definition (`--write`), or fails when the committed one differs (`--check`).
 * Nested in the repository rather than built, so that others can validate a profile without our code.
 */
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src/profile/pyperf-profile.schema.json');

const bundle = await build({
  entryPoints: [join(root, 'src/profile/json-schema.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
const { profileJsonSchema } = await import(`data:text/javascript;base64,${code}`);
const config = await resolveConfig(target);
const text = await format(JSON.stringify(profileJsonSchema()), { ...config, filepath: target });

switch (process.argv[2]) {
  case '--write':
    await writeFile(target, text);
    break;
  case '--check':
    if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
      console.error('src/profile/pyperf-profile.schema.json is out of date: run npm run schema.');
      process.exitCode = 1;
    }
    break;
  default:
    console.error('usage: node scripts/schema.mjs --write | --check');
    process.exitCode = 2;
}
