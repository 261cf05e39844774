/** The TypeScript demo notebook, headless: its hot lines come first, with the shares that it measures itself. */
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

test('runs with the tslab beside it, and finds what it times itself', () => {
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
  const wholeMs = cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0);
  for (const [name, part] of Object.entries(TIMED)) {
    const ownMs = Number(new RegExp(`${name} +(\\d+) ms`).exec(out('ipynb'))?.[1]);
    const cell = cells.find(({ lines }) => lines.some(({ text }) => text?.includes(part) === true));
    const line = cell?.lines.find(({ text }) => text?.includes(part) === true);
    const totalMs = line?.totalMs ?? 0;
    // The notebook's own clock runs on while V8 collects garbage, which the profile tells apart, by cell.
    const collectedMs = (cell?.functions ?? [])
      .filter(node => node.name.includes('garbage'))
      .reduce((sum, node) => sum + node.selfMs, 0);
    const differenceMs = Math.max(totalMs - ownMs, ownMs - totalMs - collectedMs, 0);
    expect(differenceMs / wholeMs, `${name}: ${ownMs} ms, seen ${totalMs}`).toBeLessThan(0.03);
  }
  const hottest = cells
    .flatMap(cell => cell.lines)
    .sort((a, b) => b.selfMs - a.selfMs)
    .slice(0, 3);
  const isTimed = (text = ''): boolean => Object.values(TIMED).some(part => text.includes(part));
  expect(hottest.map(({ text }) => isTimed(text))).toEqual([true, true, true]);
});
