/** Every screen of the extension, of the demo notebook and a few cells of our own. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { acceptDialog, command, openInFrontEnd, startCommand } from '../harness/front-end.ts';
import { InlineReport } from '../harness/inline-report.ts';
import { writeNotebook, type CellFile } from '../harness/notebook-file.ts';
import { NotebookPage } from '../harness/notebook-page.ts';
import { expect, test } from '../harness/test.ts';
import { shoot } from './shoot.ts';

const DEMO = resolve(import.meta.dirname, '../../../binder/demo.ipynb');

interface DemoCell {
  readonly cell_type: 'code' | 'markdown';
  readonly id: string;
  readonly source: readonly string[];
}

function demoCells(): CellFile[] {
  const { cells } = JSON.parse(readFileSync(DEMO, 'utf8')) as { cells: readonly DemoCell[] };
  return cells.map(({ cell_type: type, id, source }) => ({ type, id, source: source.join('') }));
}

const indexOf = (cells: readonly CellFile[], id: string): number =>
  cells.findIndex(cell => cell.id === id);

const FILES = 'I/O';

test('the demo notebook in JupyterLab', async ({ open, page, jupyter }) => {
  const cells = demoCells();
  const distance = indexOf(cells, 'distance');
  // Wide enough for a whole report beside the notebook.
  await page.setViewportSize({ width: 1440, height: 900 });
  const notebook = await open('lab', { name: 'rides.ipynb', cells });
  await command(page, 'application:toggle-left-area');
  const button = notebook.toolbar.locator('[data-jp-item-name="pyperf-profile"]');
  await button.locator(':is(jp-button, button)').first().click();
  await acceptDialog(page);
  const bar = notebook.panel.getByRole('region', { name: 'Profile notebook' });
  await expect(bar).toContainText('cell 5', { timeout: 120_000 });
  await notebook.activate(distance);
  await page.waitForTimeout(1000);
  await shoot(page, 'profiling');
  await expect(bar).toHaveCount(0, { timeout: 240_000 });

  const report = page.locator('#jp-main-dock-panel .jp-PyPerf-report');
  await expect(report).toBeVisible();
  await shoot(page, 'report-beside');
  await report.getByRole('button', { name: 'Keep this run' }).click();
  await page.locator('.lm-TabBar-tab', { hasText: 'rides.ipynb' }).first().click();
  // Tall enough for a whole report.
  await page.setViewportSize({ width: 1440, height: 1300 });
  const tabs = await report.getByRole('tab').all();
  for (const tab of tabs) {
    await tab.click();
    const name = (await tab.textContent())?.replace(/\d+$/, '').trim().toLowerCase() ?? '';
    await shoot(page, `report-${name.replace(/\W+/g, '-')}`, report);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await report.getByRole('button', { name: /Export/ }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: 'Download' }).click();
  await shoot(page, 'export-menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await notebook.save();

  await openInFrontEnd(page, jupyter.server, 'lab', 'rides.ipynb');
  await notebook.idle();
  const inline = new InlineReport(notebook, distance);
  await notebook.activate(distance);
  await expect(inline.summary).toBeVisible();
  await shoot(page, 'summary', notebook.cell(distance));
  await inline.open();
  for (const name of await inline.tabNames()) {
    // The other cell has files to show.
    if (name === FILES) continue;
    await inline.choose(name);
    const chart = inline.panel.locator('[data-state]').first();
    if ((await chart.count()) > 0) await expect(chart).toHaveAttribute('data-state', 'drawn');
    // The line of a moment stands where the pointer rests.
    const point = () => chart.hover({ position: { x: 420, y: 60 } });
    const prepare = name === 'Timeline' ? point : undefined;
    await shoot(page, `cell-${name.toLowerCase().replace(/\W+/g, '-')}`, inline.root, prepare);
  }
  await inline.summary.click();
  const reading = indexOf(cells, 'load');
  await notebook.activate(reading);
  const itsInline = new InlineReport(notebook, reading);
  await itsInline.open();
  await itsInline.choose(FILES);
  await shoot(page, 'cell-i-o', itsInline.root);
  await itsInline.summary.click();
  await notebook.activate(distance);
  await shoot(page, 'heat', notebook.panel, async () => {
    await notebook
      .cell(distance)
      .locator('.cm-line.jp-PyPerf-heatLine', { hasText: 'iterrows' })
      .hover({ position: { x: 90, y: 8 } });
    await expect(page.locator('.jp-PyPerf-heatTip')).toBeVisible();
  });
  await command(page, 'pyperf:show-panel');
  await expect(page.locator('#pyperf-report-panel .jp-PyPerf-report')).toBeVisible();
  await shoot(page, 'side-panel');
});

const LIVE = [
  '%%pyperf',
  'import numpy as np',
  'history = []',
  'def collatz(n):',
  '    steps = 0',
  '    while n != 1:',
  '        n = n // 2 if n % 2 == 0 else 3 * n + 1',
  '        steps += 1',
  '    return steps',
  'for start in range(1, 10_000_000):',
  '    if start % 1000 == 0:',
  '        history.append(np.ones(20_000))',
  '    collatz(start)',
].join('\n');

test('a cell while it runs', async ({ open, page }) => {
  const notebook = await open('lab', { name: 'collatz.ipynb', cells: [LIVE, 'history[-1].sum()'] });
  await command(page, 'application:toggle-left-area');
  await notebook.start(0);
  await expect(notebook.cell(0).locator('.jp-PyPerf-live')).toBeVisible();
  await page.waitForTimeout(3000);
  await shoot(page, 'live');
  await notebook.interrupt();
});

test('Notebook 7', async ({ open, page }) => {
  const notebook = await open('notebook', {
    name: 'notebook.ipynb',
    cells: [
      [
        '%%pyperf',
        'import time',
        'def slow(n):',
        '    return sum(i * i for i in range(n))',
        'held = []',
        'for step in range(6):',
        '    held.append(bytearray(20_000_000))',
        '    slow(700_000)',
        'time.sleep(0.3)',
      ].join('\n'),
      'after = 1',
    ],
  });
  await notebook.run(0);
  await new InlineReport(notebook, 0).open();
  await shoot(page, 'notebook-7');
  await command(page, 'pyperf:show-panel');
  await shoot(page, 'notebook-7-panel');
});

test('the question about the kernel, settings, and a file', async ({ open, page, jupyter }) => {
  await open('lab', { name: 'bare.ipynb', kernel: 'bare', cells: ['x = 1'] });
  await startCommand(page, 'pyperf:profile-notebook');
  await expect(page.locator('.jp-Dialog')).toBeVisible();
  await shoot(page, 'switch-kernel');
  await page.locator('.jp-Dialog .jp-mod-reject').click();
  await command(page, 'settingeditor:open', { query: 'PyPerf' });
  await expect(page.locator('.jp-SettingsForm')).toContainText('PyPerf');
  await shoot(page, 'settings');

  writeNotebook(jupyter.environment, {
    name: 'export.ipynb',
    cells: ['%pyperf on', 'import time; time.sleep(0.2)', '%pyperf export run.pyperf.json'],
  });
  const notebook = await NotebookPage.open(page, jupyter.server, 'lab', 'export.ipynb');
  await notebook.runAll();
  await page.locator('.jp-DirListing-item', { hasText: 'run.pyperf.json' }).dblclick();
  await expect(page.locator('.jp-PyPerf-report:visible')).toBeVisible();
  await shoot(page, 'file');
});
