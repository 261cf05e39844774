import { expect, it } from 'vitest';
import { isImportedFile } from '../../../src/analysis/imported-file.ts';

it.each([
  ['/env/lib/python3.13/site-packages/numpy/core.so', true],
  ['/usr/lib/python3/dist-packages/yaml/__init__.py', true],
  ['/usr/lib/python3.11/json/decoder.py', true],
  ['/work/helpers/__pycache__/load.cpython-313.pyc', true],
  ['/work/node_modules/csv/index.js', true],
  ['C:\\env\\Lib\\site-packages\\pandas\\core.pyd', true],
  ['/work/data/rides.csv', false],
  ['/work/library/python/notes.txt', false],
  ['/work/helpers/load.py', false],
])('tells whether %j is what imports read', (path, isImported) => {
  expect(isImportedFile(path)).toBe(isImported);
});
