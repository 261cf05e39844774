/** Where less is there: a kernel without the hook, a notebook that is not trusted. */
import { at, buildCell, buildLine, buildProfile } from '../support/profiles.ts';
import { InlineReport } from './harness/inline-report.ts';
import { FALLBACK, savedOutput } from './harness/saved.ts';
import { expect, test } from './harness/test.ts';

test('lab: a kernel without the hook keeps its notebook as it is', async ({ open, page }) => {
  const notebook = await open('lab', {
    name: 'bare.ipynb',
    kernel: 'bare',
    cells: ['import time\ntime.sleep(1.2)\nprint("done")', 'x = 1'],
  });
  await notebook.run(0);
  await expect(notebook.outputs(0)).toHaveText(['done\n']);
  await expect(notebook.cell(0).locator('.jp-PyPerf-badge')).toContainText(/1\.\d+ s/);
  await expect(notebook.cell(0).locator('.jp-PyPerf-live, .jp-PyPerf-inline')).toHaveCount(0);
  await expect(page.locator('.jp-Dialog')).toHaveCount(0);
});

test('notebook: an untrusted notebook shows our figures and runs nothing', async ({
  open,
  page,
}) => {
  const profile = buildProfile([
    buildCell({
      cellId: 'cell-0',
      source: 'slow()\nfast()',
      wallTimeMs: 4000,
      lines: [buildLine(at(1, 1), 3900, 0.97, { text: 'slow()' })],
    }),
  ]);
  const notebook = await open('notebook', {
    name: 'untrusted.ipynb',
    cells: [
      { source: 'slow()\nfast()', outputs: [savedOutput(profile)], executionCount: 1 },
      {
        source: 'foreign()',
        outputs: [
          {
            output_type: 'display_data',
            data: { 'text/html': '<img src=x onerror="window.__fired=1"><b id="foreign">x</b>' },
            metadata: {},
          },
        ],
        executionCount: 2,
      },
    ],
  });
  const report = new InlineReport(notebook, 0);
  await expect(report.summary).toContainText('slow()');
  await expect(notebook.cell(0)).not.toContainText(FALLBACK);
  await report.open();
  await expect(report.panel).toContainText('slow()');
  expect(await page.evaluate(() => '__fired' in window)).toBe(false);
});
