/** What we add to the start of the front ends. */
import { FRONT_ENDS, openInFrontEnd } from './harness/front-end.ts';
import { OwnFiles } from './harness/own-files.ts';
import { expect, test } from './harness/test.ts';

const BUDGET_BYTES = 30_000;

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd}: loads at most 30 kB of ours before the first page stands`, async ({
    page,
    jupyter,
  }, info) => {
    const files = new OwnFiles(page);
    await openInFrontEnd(page, jupyter.server, frontEnd);
    await expect(page.locator('.jp-Launcher, .jp-FileBrowser').first()).toBeVisible();
    // The front ends ask the server for news without end, so the network is never idle.
    await page.waitForTimeout(1500);
    const bytes = await files.totalBytes();
    info.annotations.push({ type: 'bytes at boot', description: String(bytes) });
    // Nothing at all would mean that the extension is not there.
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });
