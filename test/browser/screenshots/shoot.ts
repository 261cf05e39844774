/** One screen in both themes, as `docs/screenshots/NAME-light.png` and `-dark.png`. */
import type { Locator, Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command } from '../harness/front-end.ts';
import { THEMES, THEME_NAMES } from '../harness/settings.ts';

const FOLDER = resolve(import.meta.dirname, '../../../docs/screenshots');

/**
 * @param part the whole page without it.
 * @param prepare done in each theme, right before the picture.
 */
export async function shoot(
  page: Page,
  name: string,
  part?: Locator,
  prepare?: () => Promise<void>,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of THEMES) {
    await command(page, 'apputils:change-theme', { theme: THEME_NAMES[theme] });
    await page.waitForFunction(
      wanted => document.body.dataset['jpThemeName'] === wanted,
      THEME_NAMES[theme],
    );
    // Charts draw themselves anew in the theme's colours.
    await page.waitForTimeout(700);
    await page.mouse.move(0, 0);
    await prepare?.();
    await (part ?? page).screenshot({
      path: join(FOLDER, `${name}-${theme}.png`),
      animations: 'disabled',
    });
  }
}
