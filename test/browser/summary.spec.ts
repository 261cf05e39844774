/** The summary under a `%%pyperf` cell, in the real front ends and in both themes. */
import { expect, test, type Page } from '@playwright/test';
import {
  createEnvironment,
  type JupyterEnvironment,
} from '../integration/jupyter/harness/environment.ts';
import { JupyterServer } from '../integration/jupyter/harness/server.ts';
import { setTheme, writeNotebook, type Theme } from './notebook-file.ts';

const FRONT_ENDS = [
  { app: 'lab', path: '/lab/tree/summary.ipynb?reset' },
  { app: 'notebook', path: '/notebooks/summary.ipynb' },
] as const;
const THEMES: readonly Theme[] = ['light', 'dark'];

const CELLS = [
  [
    '%%pyperf --label "a slow loop"',
    'import time',
    'import numpy as np',
    'held = []',
    'for size in range(1, 9):',
    '    held.append(np.ones(size * 2_000_000))',
    '    total = sum(i * i for i in range(400_000))',
    'time.sleep(0.5)',
    'with open("numbers.bin", "wb") as file:',
    '    file.write(bytes(20_000_000))',
    'print("total", total)',
  ].join('\n'),
  '%%pyperf\n1 / 0',
  '%%pyperf --no-such-option\n1',
  '%pyperf report',
];

for (const { app, path } of FRONT_ENDS)
  test.describe(app, () => {
    let jupyter: JupyterEnvironment;
    let server: JupyterServer;
    test.beforeAll(async () => {
      jupyter = createEnvironment();
      writeNotebook(jupyter, 'summary.ipynb', CELLS);
      server = await JupyterServer.start(jupyter, app);
    });
    test.afterAll(async () => {
      await server?.stop();
      jupyter?.remove();
    });

    for (const theme of THEMES)
      test(`shows a summary under the cell, ${theme}`, async ({ page }, info) => {
        setTheme(jupyter, theme);
        await page.goto(`${server.url}${path}`.replace(/(\?|$)/, `?token=${server.token}&`));
        await expect(page.locator('.jp-Notebook .jp-Cell').first()).toBeVisible({
          timeout: 90_000,
        });
        await kernelIsIdle(page);
        // What the front end itself stumbles over while it loads is not ours.
        const broken: string[] = [];
        page.on('pageerror', error => broken.push(error.message));
        for (const index of CELLS.keys()) await runCell(page, index);

        const summary = page.locator('.jp-Cell').nth(0).locator('.jp-OutputArea-output');
        await expect(summary.filter({ hasText: 'total' }).first()).toBeVisible();
        await expect(summary.filter({ hasText: 'a slow loop' })).toBeVisible();
        const own = page.locator('.jp-Cell').nth(2).locator('.jp-OutputArea-output');
        await expect(own.filter({ hasText: 'PyPerfUsageError' })).toBeVisible();
        // Tall enough that a cell stands on the page as a whole.
        await page.setViewportSize({ width: 1280, height: 2400 });
        await page.locator('.jp-Cell').nth(0).scrollIntoViewIfNeeded();
        for (const index of [0, 1, 3])
          await page
            .locator('.jp-Cell')
            .nth(index)
            .screenshot({ path: info.outputPath(`${app}-${theme}-cell-${index}.png`) });
        const opened = page.locator('.jp-Cell').nth(0).locator('details');
        for (let index = 0; index < (await opened.count()); index++)
          await opened.nth(index).evaluate(element => element.setAttribute('open', ''));
        await page
          .locator('.jp-Cell')
          .nth(0)
          .screenshot({ path: info.outputPath(`${app}-${theme}-opened.png`) });
        await page.screenshot({ path: info.outputPath(`${app}-${theme}-page.png`) });
        expect(broken).toEqual([]);
      });
  });

async function kernelIsIdle(page: Page): Promise<void> {
  await expect(
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"], [title*="Idle"]').first(),
  ).toBeVisible({ timeout: 60_000 });
}

async function runCell(page: Page, index: number): Promise<void> {
  const cell = page.locator('.jp-Cell').nth(index);
  const prompt = cell.locator('.jp-InputPrompt');
  // The front end shows the notebook before its keys work, with the bare kernel just as well.
  await expect(async () => {
    if (/\[ ?\]/.test((await prompt.textContent()) ?? '')) {
      await cell.locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
    }
    await expect(prompt).toHaveText(/\[(\*|\d+)\]/, { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(prompt).toHaveText(/\[\d+\]/, { timeout: 60_000 });
}
