import { defineConfig, type Plugin } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Imports of Python files give their text, as in the bundles (scripts/build.mjs). */
const pythonAsText: Plugin = {
  name: 'python-as-text',
  transform: (code, id) =>
    id.endsWith('.py') ? `export default ${JSON.stringify(code)}` : undefined,
};

/** Files of test/integration whose figures a neighbour would disturb. */
const MEASURED = [
  'agent/!(evidence)',
  'cpython/!(lifecycle)',
  'evidence/!(containers)',
  'lines/*',
  'node/!(protocol|server)',
  'sampling/!(heap)',
].map(file => `test/integration/${file}.test.ts`);

/** The machine does other things as well: what fails is tried once more, and counts if it fails again. */
const REAL = {
  retry: 1,
  pool: 'forks',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  globalSetup: 'test/support/build-once.ts',
} as const;

/**
 * `unit`: pure code. `integration`: what real kernels, servers and clients say to each other, three files at a time.
 * `measured`: times, shares and bytes of real kernels, one file at a time.
 * `wheel`: the packages for Python and npm, each in an environment of its own.
 */
export default defineConfig({
  plugins: [pythonAsText],
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          ...REAL,
          name: 'integration',
          include: ['test/{integration,advice}/**/*.test.ts'],
          exclude: MEASURED,
        },
      },
      {
        extends: true,
        test: {
          ...REAL,
          name: 'measured',
          include: MEASURED,
          // A host that others share may be slow for some seconds, which no test here can see.
          retry: 2,
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        extends: true,
        test: {
          ...REAL,
          name: 'wheel',
          include: ['test/wheel/**/*.test.ts'],
          poolOptions: { forks: { singleFork: true } },
          hookTimeout: 600_000,
        },
      },
    ],
  },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
});
