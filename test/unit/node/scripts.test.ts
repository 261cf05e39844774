import { expect, it } from 'vitest';
import { Scripts } from '../../../kernel/languages/node/inside/scripts.ts';

const OURS = '/work/node_modules/jupyter-pyperf/dist/kernel/node';

it.each([
  ['/work/node_modules/tfjs/fit.js', true],
  ['file:///work/node_modules/@tensorflow/tfjs/fit.js', true],
  ['/work/node_modules/tslab/dist/executor.js', false],
  ['/work/node_modules/@tslab/typescript-for-tslab/lib/typescript.js', false],
  [`${OURS}/preload.cjs`, false],
  ['/work/helpers.js', false],
  ['cell[1].ts', false],
  ['node:internal/timers', false],
  ['', false],
])('says whether %s is a library of the user’s: %s', (url, expected) => {
  const call = { functionName: 'f', scriptId: '1', url, lineNumber: 1, columnNumber: 1 };
  expect(new Scripts(OURS).isLibrary(call)).toBe(expected);
});
