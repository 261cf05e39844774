// @ts-check
/** Removes what set-up, build and runs made, so that the next command begins as in a fresh clone. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/step.mjs';

for (const name of ['.setup', '.venv', 'dist', 'node_modules', 'pyperf-out', 'test-results'])
  rmSync(join(ROOT, name), { recursive: true, force: true });
