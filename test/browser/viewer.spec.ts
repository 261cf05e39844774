/** `*.pyperf.json` from the file browser: small, hostile, damaged, and eight hours long. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hostile } from '../support/hostile.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { openInFrontEnd } from './harness/front-end.ts';
import { HostileWatch } from './harness/hostile.ts';
import { longRun } from './harness/large-profiles.ts';
import { median, openFileMs } from './harness/speed.ts';
import { expect, test } from './harness/test.ts';

const report = (page: Page) => page.locator('.jp-PyPerf-report:visible');

test('lab: opens what the file browser has', async ({ page, context, jupyter }, info) => {
  const watch = new HostileWatch(context);
  const { notebooks } = jupyter.environment;
  writeFileSync(join(notebooks, 'hostile.pyperf.json'), JSON.stringify(hostile()));
  writeFileSync(join(notebooks, 'broken.pyperf.json'), '{"schemaVersion": 1, "cells": [');
  writeFileSync(join(notebooks, 'long.pyperf.json'), JSON.stringify(longRun()));
  await openInFrontEnd(page, jupyter.server, 'lab');
  const openFile = async (name: string): Promise<void> => {
    await page.locator('.jp-DirListing-item', { hasText: name }).dblclick();
  };

  await test.step('all text stays text', async () => {
    await openFile('hostile.pyperf.json');
    await expect(report(page)).toContainText('onerror=alert(1)');
    for (const tab of await report(page).getByRole('tab').all()) {
      await tab.click();
      await expect(report(page).getByRole('tabpanel')).not.toBeEmpty();
      await watch.expectOnlyText(page);
    }
    await expectAccessible(page, '.jp-PyPerf-report');
  });
  await test.step('a damaged file says what is wrong', async () => {
    await openFile('broken.pyperf.json');
    await expect(page.locator('.jp-PyPerf-problem:visible')).toContainText(/JSON|profile/);
  });
  await test.step('a thousand cells over eight hours', async () => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) times.push(await openFileMs(page, 'long.pyperf.json'));
    info.annotations.push({ type: 'opened in ms', description: times.map(Math.round).join(', ') });
    // One second where nothing else runs (bench/labextension.ts); a busy machine takes longer.
    expect(median(times)).toBeLessThan(4000);
  });
});
