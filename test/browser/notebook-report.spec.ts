/** The notebook's report as a tab and at the side: ranks, links, runs kept and compared, exports. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import type { Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileJsonSchema } from '../../src/profile/json-schema.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { command } from './harness/front-end.ts';
import { expect, test } from './harness/test.ts';

const CELLS = [
  '%pyperf on',
  '# Small\nsmall = sum(i * i for i in range(600_000))',
  '# Large\nlarge = sum(i * i for i in range(6_000_000))',
  '# Memory\nheld = bytearray(120_000_000)\nheld[::4096] = b"x" * len(held[::4096])',
];

test('lab: ranks cells, goes to them, keeps runs and compares', async ({
  open,
  page,
  jupyter: { environment },
}) => {
  const notebook = await open('lab', { name: 'ranked.ipynb', cells: CELLS });
  await notebook.runAll();
  await command(page, 'pyperf:open-report');
  const report = page
    .locator('.jp-MainAreaPanel, #jp-main-dock-panel')
    .locator('.jp-PyPerf-report');
  await expect(report).toBeVisible();
  const rows = report.getByRole('table', { name: 'Cells' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('Large');
  await test.step('by memory', async () => {
    await report.getByRole('radio', { name: 'Memory' }).check();
    await expect(rows.nth(1)).toContainText('Memory');
  });
  await test.step('a click goes to the cell', async () => {
    await rows.nth(1).getByRole('button').first().click();
    await expect(notebook.cell(3)).toHaveClass(/jp-mod-active/);
  });
  await test.step('every tab is accessible', async () => {
    for (const tab of await report.getByRole('tab').all()) {
      await tab.click();
      await expect(report.getByRole('tabpanel')).not.toBeEmpty();
      await expectAccessible(page, '#jp-main-dock-panel .jp-PyPerf-report');
    }
  });
  await test.step('a kept run is compared with the next one', async () => {
    await report.getByRole('button', { name: 'Keep this run' }).click();
    await expect(report.getByRole('status').first()).toContainText('pyperf-runs/');
    expect(readdirSync(join(environment.notebooks, 'pyperf-runs'))).toHaveLength(1);
    await notebook.run(1);
    await report.getByRole('tab', { name: 'Runs' }).click();
    await expect(report.getByRole('tabpanel').getByRole('table').first()).toBeVisible();
    await expectAccessible(page, '#jp-main-dock-panel .jp-PyPerf-report');
  });
});

test('notebook: the panel at the side', async ({ open, page }) => {
  const notebook = await open('notebook', { name: 'side.ipynb', cells: CELLS });
  await notebook.runAll();
  await command(page, 'pyperf:show-panel');
  const report = page.locator('#pyperf-report-panel .jp-PyPerf-report');
  await expect(report.getByRole('table', { name: 'Cells' })).toContainText('Large');
  await expectAccessible(page, '#pyperf-report-panel');
  await report
    .getByRole('table')
    .getByRole('button', { name: /Memory/ })
    .last()
    .click();
  await expect(notebook.cell(3)).toHaveClass(/jp-mod-active/);
});

/** By the keyboard. */
async function exportAs(page: Page, target: 'Download' | 'Save', format: string): Promise<void> {
  await page
    .locator('.jp-PyPerf-report:visible')
    .getByRole('button', { name: /Export/ })
    .click();
  await page.locator('.lm-Menu-itemLabel', { hasText: target }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: format }).click();
}

test('lab: exports to the browser and to the folder of the notebook', async ({
  open,
  page,
  jupyter: { environment },
}) => {
  const notebook = await open('lab', { name: 'exported.ipynb', cells: CELLS });
  await notebook.runAll();
  await command(page, 'pyperf:open-report');
  await expect(page.locator('.jp-PyPerf-report:visible')).toBeVisible();
  const download = async (format: string): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      exportAs(page, 'Download', format),
    ]);
    return readFileSync(await file.path(), 'utf8');
  };
  await test.step('a profile that the schema accepts', async () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const profile: unknown = JSON.parse(await download('JSON'));
    const isValid = ajv.validate(profileJsonSchema(), profile);
    expect(ajv.errors).toBeNull();
    expect(isValid).toBe(true);
  });
  await test.step('every other format', async () => {
    expect(await download('CSV')).toContain('Large');
    expect(await download('Markdown')).toContain('Large');
    expect(await download('Web page')).toMatch(/^<!doctype html>/i);
    expect(await download('Text')).toContain('PyPerf Summary Report');
    expect(JSON.parse(await download('speedscope'))).toHaveProperty('profiles');
  });
  await test.step('beside the notebook', async () => {
    await exportAs(page, 'Save', 'Markdown');
    await expect
      .poll(
        () =>
          existsSync(join(environment.notebooks, 'exported.pyperf.md')) ||
          readdirSync(environment.notebooks).some(name => name.endsWith('.md')),
      )
      .toBe(true);
  });
});
