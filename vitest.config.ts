import { defineConfig, type Plugin } from 'vitest/config';

/** Imports of Python files give their text, as in the bundles (scripts/build.mjs). */
const pythonAsText: Plugin = {
  name: 'python-as-text',
  transform: (code, id) =>
    id.endsWith('.py') ? `export default ${JSON.stringify(code)}` : undefined,
};

/**
 * `unit`: pure code, in parallel. `integration`: real kernels, servers and browsers, one file at a time, because they
 * measure time and share two cores.
 */
export default defineConfig({
  plugins: [pythonAsText],
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          // They measure a machine that does other things as well: what fails is tried once more, and counts if it fails again.
          retry: 1,
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
});
