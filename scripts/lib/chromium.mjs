// @ts-check
/** The browser that browser tests drive. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { SetupError } from './step.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {string | undefined} */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync);
}

/** @returns {Promise<'there' | 'done'>} */
export async function installChromium() {
  if (findChromium()) return 'there';
  await aptInstall(['chromium']);
  if (findChromium()) return 'done';
  throw new SetupError(
    'The browser tests need Chromium: install it (on Debian: apt-get install chromium), or name one with CHROMIUM=/path/to/chromium.',
  );
}
