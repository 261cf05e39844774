/** The npm package: a TypeScript user's way to the command, without Python's. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ROOT } from '../support/kernels.ts';
import { bytesOf, filesBelow } from './wheel-file.ts';

const MAX_BYTES = 8e6;
const folder = mkdtempSync(join(tmpdir(), 'pyperf-npm-'));
const project = join(folder, 'project');
const file = join(folder, `jupyterlab-pyperf-${packageJson.version}.tgz`);
const command = join(project, 'node_modules/.bin/jupyter-pyperf');

beforeAll(() => {
  const script = join(ROOT, 'scripts/npm-package.mjs');
  execFileSync(process.execPath, [script, '--no-build', '--out', folder], { stdio: 'ignore' });
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const install = ['install', '--offline', '--no-audit', '--no-fund', file];
  execFileSync('npm', install, { cwd: project, stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('is small, and holds the addons of all platforms', () => {
  expect(bytesOf(file)).toBeLessThan(MAX_BYTES);
  const files = filesBelow(join(project, 'node_modules/jupyterlab-pyperf'));
  const addons = files.filter(name => name.endsWith('.node')).map(name => basename(name));
  for (const platform of ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'])
    expect(addons.join(), platform).toContain(`zeromq-${platform}`);
  expect(files).toContain('THIRD-PARTY-LICENSES.txt');
  expect(files.filter(name => name.endsWith('.map'))).toEqual([]);
});

test('brings the command, and the hook beside it', () => {
  // Where no kernel is, `doctor` ends with an error and tells the rest all the same.
  const run = (...args: string[]): string =>
    spawnSync(command, args, { cwd: project, encoding: 'utf8' }).stdout;
  expect(run('--version').trim()).toBe(packageJson.version);
  expect(run('doctor')).toContain(join(project, 'node_modules/jupyterlab-pyperf/kernel/hook.cjs'));
});
