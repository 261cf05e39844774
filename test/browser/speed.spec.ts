/**
 * What must be quick, with limits that a busy machine keeps; `npm run bench -- labextension` has the figures of a quiet
 * one. Each test tells what it measured in its annotations.
 */
import type { TestInfo } from '@playwright/test';
import { InlineReport } from './harness/inline-report.ts';
import { profiledCells } from './harness/large-profiles.ts';
import { chartMs, median, p95, scrollFrames, summaryPaintMs } from './harness/speed.ts';
import { expect, test } from './harness/test.ts';

const tell = (info: TestInfo, type: string, figures: readonly number[]): void => {
  info.annotations.push({ type, description: figures.map(ms => ms.toFixed(1)).join(', ') });
};

test('lab: summaries and charts', async ({ open, page }, info) => {
  const notebook = await open('lab', {
    name: 'quick.ipynb',
    cells: ['%%pyperf\nx = sum(i * i for i in range(2_000_000))', 'y = 1'],
  });
  const paints: number[] = [];
  for (let run = 0; run < 5; run++) paints.push(await summaryPaintMs(notebook, 0));
  tell(info, 'summary painted after its message, ms (goal: 50)', paints);
  expect(median(paints)).toBeLessThan(250);

  const report = new InlineReport(notebook, 0);
  await report.open();
  await report.choose('Lines');
  const first = await chartMs(page, 'Functions');
  const later: number[] = [];
  for (let i = 0; i < 3; i++) {
    await report.choose('Lines');
    later.push(await chartMs(page, 'Functions'));
  }
  tell(info, 'first chart, ms (goal: 1000)', [first]);
  tell(info, 'later charts, ms (goal: 150)', later);
  expect(first).toBeLessThan(5000);
  expect(median(later)).toBeLessThan(750);
});

test('lab: scrolling 300 profiled cells, with us and without', async ({ open, page }, info) => {
  const frames = async (): Promise<readonly number[]> => {
    await open('lab', { name: 'many.ipynb', cells: profiledCells(300) });
    // The first pass makes what later ones show again.
    await scrollFrames(page, 60, 400);
    return scrollFrames(page, 120, 200);
  };
  const withUs = await frames();
  await expect(page.locator('.jp-PyPerf-summary').first()).toBeVisible();
  // An empty script instead of ours: the front end goes on without it.
  await page.route('**/extensions/jupyterlab-pyperf/**', route =>
    route.fulfill({ contentType: 'text/javascript', body: '' }),
  );
  const without = await frames();
  await expect(page.locator('.jp-PyPerf-summary')).toHaveCount(0);
  tell(info, 'frames with us, ms: median, p95', [median(withUs), p95(withUs)]);
  tell(info, 'frames without us, ms: median, p95', [median(without), p95(without)]);
  expect(median(withUs) / median(without)).toBeLessThan(2);
});
