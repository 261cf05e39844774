// @ts-check
/**
 * `npm run screenshots`: writes every screen of the extension, light and dark, to `docs/screenshots`, from a real
 * notebook with a real kernel.
 */
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { ROOT, run } from './lib/step.mjs';
import { main, setup } from './setup.mjs';

await main(async () => {
  await setup('test');
  const { code } = await run(
    join(ROOT, 'node_modules/.bin/playwright'),
    [
      'test',
      ...['--config', join(ROOT, 'test/browser/screenshots/playwright.config.ts')],
      ...process.argv.slice(2),
    ],
    { env: { CHROMIUM: findChromium() }, live: true },
  );
  process.exitCode = code;
});
