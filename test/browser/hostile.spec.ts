/** Code, names, paths and errors that try to become elements or scripts of the page. */
import { hostile, MARKUP } from '../support/hostile.ts';
import { InlineReport } from './harness/inline-report.ts';
import { HostileWatch } from './harness/hostile.ts';
import { savedOutput } from './harness/saved.ts';
import { expect, test } from './harness/test.ts';
import { FRONT_ENDS } from './harness/front-end.ts';

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd}: a saved profile in which every string is hostile`, async ({
    open,
    page,
    context,
  }) => {
    const watch = new HostileWatch(context);
    const profile = hostile();
    const own = { ...profile, cells: profile.cells.slice(0, 1) };
    const notebook = await open(frontEnd, {
      name: 'hostile.ipynb',
      cells: [{ source: own.cells[0]!.source, outputs: [savedOutput(own)], executionCount: 3 }],
    });
    const report = new InlineReport(notebook, 0);
    await report.open();
    await expect(report.root).toContainText('onerror=alert(1)');
    for (const name of await report.tabNames()) {
      await report.choose(name);
      await expect(report.panel).not.toBeEmpty();
      const chart = report.panel.locator('[data-state]').first();
      if ((await chart.count()) > 0) {
        await expect(chart).toHaveAttribute('data-state', 'drawn');
        await chart.hover();
      }
      await watch.expectOnlyText(page);
    }
  });

const HOSTILE_CELL = [
  '%%pyperf',
  `held = "${MARKUP}" * 200_000`,
  `globals()["${MARKUP}"] = bytearray(30_000_000)`,
  `name = "x<img src=x onerror=window.__fired=1>.bin"`,
  'with open(name, "wb") as file:',
  '    file.write(bytes(20_000_000))',
  'total = sum(i * i for i in range(4_000_000))',
  `raise ValueError("${MARKUP}<img src=x onerror=window.__fired=1>")`,
].join('\n');

test('lab: a hostile cell with a real kernel', async ({ open, page, context }) => {
  const watch = new HostileWatch(context);
  const notebook = await open('lab', { name: 'real-hostile.ipynb', cells: [HOSTILE_CELL] });
  await notebook.run(0);
  const report = new InlineReport(notebook, 0);
  await report.open();
  for (const name of await report.tabNames()) {
    await report.choose(name);
    await expect(report.panel).not.toBeEmpty();
    await watch.expectOnlyText(page);
  }
  await notebook
    .cell(0)
    .locator('.cm-line.jp-PyPerf-heatLine')
    .first()
    .hover({ position: { x: 60, y: 8 } });
  await expect(page.locator('.jp-PyPerf-heatTip')).toBeVisible();
  await watch.expectOnlyText(page);
});
