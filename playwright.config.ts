import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** scripts/test.mjs names it; by hand, where Debian puts it. */
const SYSTEM_CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results',
  // Real servers and kernels on few cores: one after another.
  workers: 1,
  // A busy machine makes a page late: what fails is tried once more, and is told as flaky.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
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
