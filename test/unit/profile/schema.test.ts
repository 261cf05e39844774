import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const readJson = async (path: string) =>
  JSON.parse(await readFile(new URL(path, root), 'utf8')) as Record<string, unknown>;

async function validator() {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats(ajv);
  return ajv.compile(await readJson('src/profile/pyperf-profile.schema.json'));
}

describe('the published JSON Schema', () => {
  it('is what the definition gives', async () => {
    const script = new URL('scripts/schema.mjs', root).pathname;
    await expect(promisify(execFile)('node', [script, '--check'])).resolves.toBeDefined();
  });

  it('accepts the kept file, in a validator that is not ours', async () => {
    const validate = await validator();
    validate(await readJson('test/unit/profile/fixtures/format-1.pyperf.json'));
    expect(validate.errors).toBeNull();
  });

  it('accepts a field that it does not know, and refuses a wrong one', async () => {
    const validate = await validator();
    const kept = await readJson('test/unit/profile/fixtures/format-1.pyperf.json');
    expect(validate({ ...kept, addedLater: true })).toBe(true);
    expect(validate({ ...kept, startedAt: 'yesterday' })).toBe(false);
    expect(validate({ ...kept, schemaVersion: 2 })).toBe(false);
  });
});
