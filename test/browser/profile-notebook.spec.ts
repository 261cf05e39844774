/** "Profile notebook" and "Profile cell": progress, cancel, the first error, the change of kernel; no cell is edited. */
import { acceptDialog, FRONT_ENDS, startCommand } from './harness/front-end.ts';
import { InlineReport } from './harness/inline-report.ts';
import type { NotebookPage } from './harness/notebook-page.ts';
import { expect, test } from './harness/test.ts';

const WORK = 'total = sum(i * i for i in range(3_000_000))';
const waiting = (file: string): string =>
  `import os, time\nwhile not os.path.exists("${file}"):\n    time.sleep(0.05)`;

const profileButton = (notebook: NotebookPage) =>
  notebook.toolbar.locator('[data-jp-item-name="pyperf-profile"] :is(jp-button, button)').first();
const progress = (notebook: NotebookPage) =>
  notebook.panel.getByRole('region', { name: 'Profile notebook' });

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd}: profiles a notebook and opens its report`, async ({ open, page, finish }) => {
    const notebook = await open(frontEnd, {
      name: 'all.ipynb',
      cells: [`# Load\n${WORK}`, { type: 'markdown', source: '# Wait' }, waiting('go'), WORK],
    });
    await profileButton(notebook).click();
    await acceptDialog(page); // restart
    const bar = progress(notebook);
    await expect(bar).toContainText('cell 2 of 3');
    await expect(bar.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1');
    await expect(bar).toContainText(/\d+ s/);
    finish('go');
    await expect(bar).toHaveCount(0, { timeout: 60_000 });
    const report = page.locator('.jp-PyPerf-report:visible');
    await expect(report).toContainText('Load');
    await expect(report.getByRole('table').first().getByRole('row')).toHaveCount(4);
    for (const index of [0, 2, 3])
      await expect(new InlineReport(notebook, index).summary).toHaveCount(1);
    await expect(notebook.editor(0)).toHaveText(/^# Loadtotal = /);
  });

test('lab: stops at the first error, and can be cancelled', async ({ open, page }) => {
  const notebook = await open('lab', {
    name: 'stops.ipynb',
    cells: ['go_on = True', '1 / 0', 'never = 1'],
  });
  await profileButton(notebook).click();
  await acceptDialog(page);
  const bar = progress(notebook);
  await expect(bar).toContainText('stopped at an error');
  await expect(notebook.prompt(2)).toHaveText(/\[ ?\]/);
  await bar.getByRole('button', { name: 'Close' }).click();
  await expect(bar).toHaveCount(0);

  await test.step('cancelled in the middle of a cell', async () => {
    await notebook.activate(1);
    await notebook.editor(1).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('import time; time.sleep(600)');
    await profileButton(notebook).click();
    await acceptDialog(page);
    await expect(bar).toContainText('cell 2 of 3');
    await bar.getByRole('button', { name: 'Cancel' }).click();
    await expect(bar).toContainText('cancelled');
    await notebook.idle();
    await expect(notebook.prompt(2)).toHaveText(/\[ ?\]/);
  });
});

test('lab: switches a bare kernel once asked, for single cells too', async ({ open, page }) => {
  const notebook = await open('lab', {
    name: 'switch.ipynb',
    kernel: 'bare',
    cells: ['base = 2', `${WORK}\nbase`, 'x = 1'],
  });
  await notebook.activate(1);
  await startCommand(page, 'pyperf:profile-cell');
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('Wrapped');
  await acceptDialog(page);
  const report = new InlineReport(notebook, 1);
  await expect(report.summary).toContainText('total = sum');
  await expect(notebook.editor(1)).toHaveText(/^total = sum/);
  await expect(notebook.outputs(1).first()).toHaveText('2');
  await expect(new InlineReport(notebook, 0).summary).toHaveCount(0);

  await test.step('what runs without the command is not profiled', async () => {
    await notebook.run(2);
    await expect(new InlineReport(notebook, 2).summary).toHaveCount(0);
  });
  await test.step('its shortcut profiles as well', async () => {
    await notebook.activate(2);
    await notebook.cell(2).locator('.jp-InputPrompt').click();
    await page.keyboard.press('p');
    await page.keyboard.press('c');
    await expect(new InlineReport(notebook, 2).summary).toBeVisible();
  });
});
