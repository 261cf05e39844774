/** For `npm run screenshots`: the browser of the tests, on the screens instead of the specs. */
import { defineConfig } from '@playwright/test';
import base from '../../../playwright.config.ts';

export default defineConfig({
  ...base,
  testDir: import.meta.dirname,
  timeout: 300_000,
  workers: 1,
  fullyParallel: false,
  projects: [{ name: 'screens', testMatch: '*.screens.ts' }],
});
