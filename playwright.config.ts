import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** scripts/test.mjs names it; by hand, where Debian puts it. */
const SYSTEM_CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Files that ask how long something takes. */
const MEASURED = ['report-speed', 'speed', 'viewer'].map(name => `**/test/browser/${name}.spec.ts`);

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results',
  // They wait for kernels more than they compute. Each worker has a server, kernels and folders of its own.
  workers: 2,
  fullyParallel: true,
  // A busy machine makes a page late: what fails is tried once more, and is told as flaky.
  retries: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  // scripts/test.mjs runs one after the other: what is measured has the machine for itself.
  projects: [
    { name: 'browser', outputDir: 'test-results/browser', testIgnore: MEASURED },
    {
      name: 'browser-measured',
      outputDir: 'test-results/browser-measured',
      testMatch: MEASURED,
      fullyParallel: false,
      workers: 1,
    },
  ],
  use: {
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(existsSync(SYSTEM_CHROMIUM) && { executablePath: SYSTEM_CHROMIUM }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
