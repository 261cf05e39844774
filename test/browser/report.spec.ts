/** The notebook report, kept runs, exports and the viewer of profile files, in the real front ends. */
import type { Locator, Page } from '@playwright/test';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { genomics } from '../support/genomics.ts';
import { hostile } from '../support/hostile.ts';
import { ms, parseProfileText, serializeProfile, type Profile } from '../../src/profile/index.ts';
import { expectAccessible } from './harness/accessibility.ts';
import {
  acceptDialog,
  command,
  FRONT_ENDS,
  openInFrontEnd,
  startCommand,
} from './harness/front-end.ts';
import { notebookOf } from './harness/notebook-of.ts';
import { THEMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const TABS = [
  'Findings',
  'Timeline',
  'Lines and functions',
  'Memory',
  'Files',
  'Runs',
  'How measured',
];

/** Jupyter's own copies apart. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => !name.startsWith('.'))
    .sort();

const reportIn = (page: Page): Locator => page.locator('.jp-PyPerf-report:visible');

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme });
      test(`${frontEnd} shows the report of a notebook, ${theme}`, async ({ open, page }, info) => {
        const notebook = await open(frontEnd, notebookOf('genomics.ipynb', genomics()));
        await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
        const report = reportIn(page);
        await expect(report.getByRole('heading', { name: 'genomics.ipynb' })).toBeVisible();
        await expect(report.getByRole('row', { name: /Data loading/ })).toBeVisible();
        await page.screenshot({ path: info.outputPath('Cells.png') });
        for (const tab of TABS) {
          await report.getByRole('tab', { name: tab }).click();
          if (tab === 'Timeline') await expect(report.locator('[data-state=drawn]')).toBeVisible();
          await expectAccessible(page, '.jp-PyPerf-report');
          await page.screenshot({ path: info.outputPath(`${tab.replaceAll(' ', '-')}.png`) });
        }
        await report.getByRole('tab', { name: 'Cells' }).click();
        await expectAccessible(page, '.jp-PyPerf-report');
        await report.getByRole('button', { name: 'Result visualization' }).press('Enter');
        await expect(notebook.cell(5)).toHaveClass(/jp-mod-active/);
        await expect(notebook.cell(5)).toBeInViewport();
      });
    });

test('a report comes back after a reload, and finds its notebook', async ({
  open,
  page,
  jupyter,
}) => {
  await open('lab', notebookOf('genomics.ipynb', genomics()));
  await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
  await expect(reportIn(page).getByRole('row', { name: /Data loading/ })).toBeVisible();
  // JupyterLab saves its layout after a pause.
  await page.waitForTimeout(3000);
  await page.goto(`${jupyter.server.url}/lab?token=${jupyter.server.token}`);
  await expect(reportIn(page).getByRole('row', { name: /Data loading/ })).toBeVisible({
    timeout: 60_000,
  });
});

test('runs are kept beside the notebook and compared', async ({ open, page, jupyter }, info) => {
  const profile = genomics();
  const folder = join(jupyter.environment.notebooks, 'pyperf-runs');
  const slower: Profile = {
    ...profile,
    cells: profile.cells.map((cell, i) => ({
      ...cell,
      cellId: `cell-${i}`,
      wallTimeMs: ms(cell.wallTimeMs * (i === 1 ? 4 : 1.01)),
    })),
  };
  mkdirSync(folder);
  writeFileSync(join(folder, 'genomics 2026-03-01 09.00.00.pyperf.json'), serializeProfile(slower));
  await page.setViewportSize({ width: 1800, height: 1000 });
  await open('lab', notebookOf('genomics.ipynb', profile));
  await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
  const report = reportIn(page);
  await report.getByRole('button', { name: 'Keep this run' }).click();
  await expect(report.getByRole('status').first()).toContainText('Kept as pyperf-runs/genomics ');
  const [kept = ''] = filesIn(folder).filter(name => !name.includes('2026-03-01'));
  expect(parseProfileText(readFileSync(join(folder, kept), 'utf8')).cells).toHaveLength(7);

  await report.getByRole('tab', { name: 'Runs' }).click();
  const whole = report.getByRole('group', { name: 'The whole run' });
  await expect(whole.getByRole('row', { name: /Time/ })).toContainText('22.9%');
  const cells = report.getByRole('group', { name: 'Cell by cell' });
  await expect(cells.getByRole('row', { name: /Data loading/ })).toContainText('75.0%');
  await page.screenshot({ path: info.outputPath('compare.png') });
  await expectAccessible(page, '.jp-PyPerf-report');
  await report
    .getByRole('button', { name: /^Remove the run/ })
    .last()
    .click();
  await expect.poll(() => filesIn(folder)).toEqual([kept]);
  await report
    .getByRole('group', { name: /Kept in/ })
    .getByRole('button', { name: /20/ })
    .first()
    .click();
  await expect(page.locator('.jp-Document .jp-PyPerf-report')).toBeVisible();

  await page.route('**/api/contents/**', (route, request) =>
    request.method() === 'PUT'
      ? route.fulfill({ status: 403, json: { message: 'Permission denied: /srv/x' } })
      : route.fallback(),
  );
  await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
  await report.getByRole('button', { name: 'Keep this run' }).click();
  await expect(report.getByRole('status').first()).toHaveText(
    'PyPerf could not write to pyperf-runs: the server does not allow it.',
  );
});

test('Profile notebook opens the report and keeps the run, whole', async ({
  open,
  page,
  jupyter,
}) => {
  const folder = join(jupyter.environment.notebooks, 'pyperf-runs');
  await open('lab', { name: 'short.ipynb', cells: ['import time', 'time.sleep(0.3)', '1 + 1'] });
  await startCommand(page, 'pyperf:profile-notebook');
  await acceptDialog(page);
  await expect(reportIn(page).getByRole('row', { name: /time\.sleep/ })).toBeVisible();
  await expect.poll(() => (existsSync(folder) ? filesIn(folder).length : 0)).toBe(1);
  const [name = ''] = filesIn(folder);
  const kept = parseProfileText(readFileSync(join(folder, name), 'utf8'));
  expect(kept.cells.map(cell => cell.source)).toEqual(['import time', 'time.sleep(0.3)', '1 + 1']);
});

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd} exports by keyboard alone`, async ({ open, page, jupyter }, info) => {
    await open(frontEnd, notebookOf('genomics.ipynb', genomics()));
    await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
    const button = reportIn(page).getByRole('button', { name: 'Export' });
    const choose = async (keys: readonly string[]) => {
      await button.press('Enter');
      for (const key of keys) await page.keyboard.press(key);
    };
    await button.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.screenshot({ path: info.outputPath('menu.png') });
    // The first closes the formats.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    const downloading = page.waitForEvent('download');
    await choose(['ArrowRight', 'Enter']);
    expect((await downloading).suggestedFilename()).toBe('genomics-pyperf.html');
    for (let i = 0; i < 6; i++) {
      await choose(['ArrowDown', 'ArrowRight', ...Array<string>(i).fill('ArrowDown'), 'Enter']);
      await expect(reportIn(page).getByRole('status').first()).toContainText('Saved as genomics');
      await expect.poll(() => filesIn(jupyter.environment.notebooks)).toHaveLength(i + 2);
    }
    expect(filesIn(jupyter.environment.notebooks)).toEqual([
      'genomics-pyperf.csv',
      'genomics-pyperf.html',
      'genomics-pyperf.md',
      'genomics-pyperf.speedscope.json',
      'genomics-pyperf.txt',
      'genomics.ipynb',
      'genomics.pyperf.json',
    ]);
  });

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd} opens profiles from files, and says what is wrong with one`, async ({
    page,
    jupyter,
  }, info) => {
    const { environment, server } = jupyter;
    const write = (name: string, text: string) =>
      writeFileSync(join(environment.notebooks, name), text);
    const openFile = async (name: string) => {
      if (frontEnd === 'lab') return command(page, 'docmanager:open', { path: name });
      await page.goto(`${server.url}/edit/${name}?token=${server.token}`);
    };
    write('good.pyperf.json', serializeProfile(genomics()));
    write('hostile.pyperf.json', serializeProfile(hostile()));
    write('newer.pyperf.json', '{"schemaVersion": 99}');
    write('damaged.pyperf.json', '{"schemaVersion": 1}');
    await openInFrontEnd(page, server, frontEnd);
    const dialogs: string[] = [];
    page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await openFile('good.pyperf.json');
    await expect(reportIn(page).getByRole('row', { name: /Data loading/ })).toBeVisible();
    await page.screenshot({ path: info.outputPath('file.png') });
    await openFile('newer.pyperf.json');
    await expect(page.getByRole('alert')).toContainText('was written by a newer PyPerf');
    await openFile('damaged.pyperf.json');
    await expect(page.getByRole('alert').last()).toContainText(
      'damaged.pyperf.json is damaged: notebook',
    );
    await openFile('hostile.pyperf.json');
    const report = reportIn(page);
    await expect(report.getByRole('tab', { name: 'Findings' })).toBeVisible();
    for (const tab of [
      'Cells',
      ...TABS.filter(name => name !== 'Runs' && name !== 'Files'),
      'Files and queries',
    ]) {
      await report.getByRole('tab', { name: tab, exact: false }).click();
      if (tab === 'Timeline') await expect(report.locator('[data-state=drawn]')).toBeVisible();
      await expect(report.locator('img, script, iframe, a[href^="javascript"]')).toHaveCount(0);
      const shown = (await report.textContent()) ?? '';
      for (const unsafe of ['\u202e', '\u001b', '\u0000']) expect(shown).not.toContain(unsafe);
      await page.screenshot({ path: info.outputPath(`hostile-${tab.replaceAll(' ', '-')}.png`) });
    }
    expect(dialogs).toEqual([]);
  });
