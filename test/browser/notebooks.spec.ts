/** More than one notebook, more than a screenful of cells, and a kernel that restarts in the middle. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { acceptDialog, command, startCommand } from './harness/front-end.ts';
import { InlineReport } from './harness/inline-report.ts';
import { profiledCells } from './harness/large-profiles.ts';
import { writeNotebook } from './harness/notebook-file.ts';
import { NotebookPage } from './harness/notebook-page.ts';
import { expect, test } from './harness/test.ts';

const work = (name: string): string => `%%pyperf\n${name} = sum(i * i for i in range(12_000_000))`;

test('lab: two notebooks with a kernel each, at once', async ({ open, page, jupyter }) => {
  writeNotebook(jupyter.environment, { name: 'second.ipynb', cells: [work('second'), 'x = 1'] });
  const notebook = await open('lab', { name: 'first.ipynb', cells: [work('first'), 'x = 1'] });
  await notebook.start(0);
  await command(page, 'docmanager:open', { path: 'second.ipynb' });
  const other = NotebookPage.at(page, jupyter.server, 'lab', 'second.ipynb');
  await other.idle();
  await other.run(0);
  await expect(new InlineReport(other, 0).summary).toContainText('second = sum');
  await notebook.activate(0);
  await expect(new InlineReport(notebook, 0).summary).toContainText('first = sum');
});

test('lab: a restart in the middle of a cell', async ({ open, page }) => {
  const notebook = await open('lab', {
    name: 'restart.ipynb',
    cells: ['%%pyperf\nwhile True:\n    sum(range(1000))', work('after')],
  });
  await notebook.start(0);
  const live = notebook.cell(0).locator('.jp-PyPerf-live');
  await expect(live).toBeVisible();
  await startCommand(page, 'notebook:restart-kernel');
  await acceptDialog(page);
  await notebook.idle();
  await expect(live).toHaveCount(0);
  await notebook.run(1);
  await expect(new InlineReport(notebook, 1).summary).toContainText('after = sum');
});

const COUNT = 300;

test('lab: 300 profiled cells in a windowed notebook', async ({ open, page }) => {
  const notebook = await open('lab', {
    name: 'many.ipynb',
    cells: profiledCells(COUNT),
  });
  for (const index of [0, 150, COUNT - 1, 3]) {
    await notebook.activate(index);
    await expect(new InlineReport(notebook, index).summary).toContainText(`hot_${index}`);
    await expect(notebook.cell(index).locator('.cm-line.jp-PyPerf-heatLine')).toContainText(
      `hot_${index}`,
    );
  }
  await test.step('an opened report is open when it is scrolled back to', async () => {
    const report = new InlineReport(notebook, 3);
    await report.open();
    await notebook.activate(250);
    await expect(notebook.cell(3)).not.toBeInViewport();
    await notebook.activate(3);
    await expect(report.panel).toBeVisible();
  });
  await test.step('only what is near is in the page', async () => {
    await notebook.activate(150);
    const inPage = await page.locator('.jp-PyPerf-inline').count();
    const isWindowed = await page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      return panel.content.notebookConfig.windowingMode === 'full';
    });
    if (isWindowed) expect(inPage).toBeLessThan(60);
  });
});
