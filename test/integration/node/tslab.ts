/** tslab as the tests start it: from the packages beside our own notebooks. */
import { join } from 'node:path';
import { ROOT, type SpecFile } from '../../support/kernels.ts';

export const TSLAB_PROGRAM = join(ROOT, 'binder/node_modules/.bin/tslab');

export const TSLAB: SpecFile = {
  argv: [TSLAB_PROGRAM, 'kernel', '--config-path', '{connection_file}'],
  display_name: 'TypeScript',
  language: 'typescript',
};

export const JSLAB: SpecFile = {
  argv: [...TSLAB.argv, '--js'],
  display_name: 'JavaScript',
  language: 'javascript',
};
