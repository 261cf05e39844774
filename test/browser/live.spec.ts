/** A cell while it runs, in a tab that stays and in one that is closed meanwhile. */
import { FRONT_ENDS } from './harness/front-end.ts';
import { InlineReport } from './harness/inline-report.ts';
import { NotebookPage } from './harness/notebook-page.ts';
import { expect, test } from './harness/test.ts';

/** Ends when the file is there, so that the test decides how long it runs. */
const waiting = (file: string): string =>
  [
    '%%pyperf',
    'import os',
    'def busy():',
    '    return sum(i * i for i in range(20_000))',
    `while not os.path.exists("${file}"):`,
    '    busy()',
  ].join('\n');

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd}: figures while a cell runs`, async ({ open, finish }) => {
    const notebook = await open(frontEnd, { name: 'live.ipynb', cells: [waiting('go'), 'x = 1'] });
    await notebook.start(0);
    const live = notebook.cell(0).locator('.jp-PyPerf-live');
    await expect(live).toContainText(/Running \d/);
    await expect(live).toContainText('sum(i * i for i in range(20_000))');
    await expect(live).toContainText(/memory/i);
    await test.step('they go on by themselves', async () => {
      const before = await live.textContent();
      await expect(live).not.toHaveText(before ?? '');
    });
    await test.step('heat comes before the end', async () => {
      await expect(notebook.cell(0).locator('.cm-line.jp-PyPerf-heatLine').first()).toBeVisible();
    });
    if (frontEnd === 'lab')
      await expect(notebook.page.locator('#jp-main-statusbar .jp-PyPerf-statusItem')).toContainText(
        /\d/,
      );
    finish('go');
    await notebook.finished(0);
    await expect(live).toHaveCount(0);
    await expect(new InlineReport(notebook, 0).summary).toBeVisible();

    await test.step('the next run tells how long the last one took', async () => {
      finish('go', 'take back');
      await notebook.start(0);
      await expect(live).toContainText(/took .* the last time/);
      finish('go');
      await notebook.finished(0);
    });
  });

test('lab: a greeting of the hook that is lost on its way is asked for again', async ({
  open,
  page,
  finish,
}) => {
  let lost = 0;
  await page.routeWebSocket(/\/api\/kernels\/.*\/channels/, socket => {
    socket.connectToServer().onMessage(message => {
      if (lost === 0 && String(message).includes('"hello"')) lost++;
      else socket.send(message);
    });
  });
  const notebook = await open('lab', { name: 'lost.ipynb', cells: [waiting('go'), 'x = 1'] });
  await notebook.start(0);
  await expect(notebook.cell(0).locator('.jp-PyPerf-live')).toContainText(/Running \d/);
  expect(lost).toBe(1);
  finish('go');
  await notebook.finished(0);
});

test('lab: what finished while the tab was closed is there', async ({
  open,
  page,
  context,
  jupyter,
  finish,
}) => {
  const notebook = await open('lab', { name: 'closed.ipynb', cells: [waiting('go'), 'x = 1'] });
  await notebook.save();
  await notebook.start(0);
  await expect(notebook.cell(0).locator('.jp-PyPerf-live')).toBeVisible();
  await page.close();
  finish('go');
  const again = await NotebookPage.open(
    await context.newPage(),
    jupyter.server,
    'lab',
    'closed.ipynb',
  );
  const report = new InlineReport(again, 0);
  await expect(report.summary).toContainText('sum(i * i for i');
  await report.open();
  await expect(report.panel.getByRole('table').first()).toBeVisible();
});

test('notebook: a reload in the middle of a cell', async ({ open, finish }) => {
  const notebook = await open('notebook', {
    name: 'reload.ipynb',
    cells: [waiting('go'), 'x = 1'],
  });
  await notebook.save();
  await notebook.start(0);
  await expect(notebook.cell(0).locator('.jp-PyPerf-live')).toBeVisible();
  await notebook.reopen('busy');
  await expect(notebook.cell(0).locator('.jp-PyPerf-live')).toContainText(/Running \d/);
  finish('go');
  await notebook.idle();
  await expect(new InlineReport(notebook, 0).summary).toContainText('sum(i * i for i');
});
