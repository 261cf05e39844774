/** The TypeScript demo notebook, headless: its hot lines come first, whose time it tells itself. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseProfile } from '../../../src/profile/index.ts';
import { buildHook, ROOT } from '../../support/kernels.ts';

const folder = mkdtempSync(join(tmpdir(), 'pyperf-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A part of each line that the notebook times, by the name under which it does. */
const TIMED = {
  copy: "timed('copy'",
  search: "timed('search'",
  pause: 'await pause(8)',
};

test('runs with the tslab beside it, and names its hot lines first', () => {
  buildHook();
  symlinkSync(join(ROOT, 'binder/node_modules'), join(folder, 'node_modules'));
  cpSync(join(ROOT, 'binder/typescript-demo.ipynb'), join(folder, 'demo.ipynb'));
  // No kernelspec anywhere: the packages beside the notebook are enough.
  const env = {
    ...process.env,
    JUPYTER_DATA_DIR: folder,
    JUPYTER_PATH: '',
    JUPYTER_PREFER_ENV_PATH: '0',
  };
  execFileSync(process.execPath, [join(ROOT, 'dist/cli/jupyter-pyperf.mjs'), 'run', 'demo.ipynb'], {
    cwd: folder,
    env,
    stdio: 'pipe',
    timeout: 100_000,
  });
  const out = (ending: string): string =>
    readFileSync(join(folder, 'pyperf-out', `demo.${ending}`), 'utf8');
  const { cells } = parseProfile(JSON.parse(out('pyperf.json')));
  const hottest = cells
    .flatMap(cell => cell.lines)
    .sort((a, b) => b.selfMs - a.selfMs)
    .slice(0, 4);
  const isTimed = (text = ''): boolean => Object.values(TIMED).some(part => text.includes(part));
  // The checksum of the pipeline, which it does not time, takes about as long as the search.
  expect(hottest.filter(({ text }) => isTimed(text))).toHaveLength(3);
  expect(isTimed(hottest[0]?.text)).toBe(true);
});
