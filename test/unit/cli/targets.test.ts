import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planTargets } from '../../../src/cli/run/targets.ts';
import { writeAtomically } from '../../../src/cli/files/write.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pyperf-targets-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const stems = (paths: string[]) => planTargets(paths, join(root, 'out')).map(({ stem }) => stem);

it('names files after their notebook', () => {
  expect(stems(['/x/one.ipynb', '/x/two.v2.ipynb'])).toEqual(['one', 'two.v2']);
});

it('puts the folder in front where names meet, and a number where that is not enough', () => {
  expect(stems(['/a/nb.ipynb', '/b/NB.ipynb', '/c/a/nb.ipynb', '/a/other.ipynb'])).toEqual([
    'a-nb',
    'b-NB',
    'a-nb-2',
    'other',
  ]);
});

it('refuses to overwrite an input, reached by a link as well', () => {
  const input = join(root, 'nb.ipynb');
  writeFileSync(input, '{}');
  expect(() => planTargets([input], root)).toThrow('never overwrites an input');
  symlinkSync(root, join(root, 'link'));
  expect(() => planTargets([input], join(root, 'link'))).toThrow('never overwrites an input');
});

it('writes a file whole or not at all', () => {
  const file = join(root, 'r.json');
  writeAtomically(file, 'one');
  writeAtomically(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  mkdirSync(join(root, 'dir.json'));
  expect(() => writeAtomically(join(root, 'dir.json'), 'x')).toThrow(/^cannot write .*dir\.json: /);
  expect(readdirSync(root).sort()).toEqual(['dir.json', 'r.json']);
});
