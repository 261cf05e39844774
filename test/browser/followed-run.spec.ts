/** "Profile notebook" whose page is loaded anew in the middle: progress, cancel and the report are there again. */
import { acceptDialog, startCommand } from './harness/front-end.ts';
import { expect, test } from './harness/test.ts';

const waiting = (file: string): string =>
  `import os, time\nwhile not os.path.exists("${file}"):\n    time.sleep(0.05)`;

test('lab: a run of the notebook goes on through a reload', async ({ open, page, finish }) => {
  const notebook = await open('lab', {
    name: 'reloaded.ipynb',
    cells: ['# Load\nx = 1', waiting('go'), `# Last\n${waiting('end')}`],
  });
  await startCommand(page, 'pyperf:profile-notebook');
  await acceptDialog(page); // restart
  const bar = notebook.panel.getByRole('region', { name: 'Profile notebook' });
  await expect(bar).toContainText('cell 2 of 3');
  await notebook.reopen('busy');
  await expect(bar).toContainText('cell 2 of 3');
  await expect(bar.getByRole('button', { name: 'Cancel' })).toBeVisible();
  finish('go');
  await expect(bar).toContainText('cell 3 of 3');
  await expect(bar).toContainText('Last');
  finish('end');
  await expect(bar).toHaveCount(0);
  const report = page.locator('.jp-PyPerf-report:visible');
  await expect(report.getByRole('table').first().getByRole('row')).toHaveCount(4);

  await test.step('its end was seen, and is not told again', async () => {
    await notebook.reopen();
    await expect(notebook.cell(0).getByRole('region', { name: 'PyPerf' })).toBeVisible();
    await expect(bar).toHaveCount(0);
  });
});
