/** The summary under a profiled cell and the report behind it: real kernels, mouse and keyboard, saved and reopened. */
import { command, FRONT_ENDS } from './harness/front-end.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { InlineReport } from './harness/inline-report.ts';
import { OwnFiles } from './harness/own-files.ts';
import { THEME_NAMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const PYTHON = [
  '%%pyperf',
  'import time',
  'def slow(n):',
  '    return sum(i * i for i in range(n))',
  'held = []',
  'for step in range(6):',
  '    held.append(bytearray(20_000_000))',
  '    slow(2_500_000)',
  'time.sleep(0.2)',
  'with open("numbers.bin", "wb") as file:',
  '    file.write(bytes(20_000_000))',
].join('\n');

const TYPESCRIPT = [
  '%%pyperf',
  'function slow(n: number): number {',
  '  let total = 0;',
  '  for (let i = 0; i < n; i++) total += Math.sqrt(i) * Math.sin(i);',
  '  return total;',
  '}',
  'let sum = 0;',
  'for (let k = 0; k < 20; k++) sum += slow(2_000_000);',
].join('\n');

for (const frontEnd of FRONT_ENDS)
  test(`${frontEnd}: a Python cell`, async ({ open, page }) => {
    const files = new OwnFiles(page);
    const notebook = await open(frontEnd, { name: 'inline.ipynb', cells: [PYTHON, 'after = 1'] });
    await notebook.run(0);
    const report = new InlineReport(notebook, 0);

    await test.step('the summary tells the figures, and nothing else is there yet', async () => {
      await expect(report.summary).toContainText(/\d m?s/);
      await expect(report.summary).toContainText('return sum(i * i');
      await expect(report.summary).toHaveAttribute('aria-expanded', 'false');
      await expect(report.panel).toHaveCount(0);
      // Ours stands in place of the HTML for other front ends.
      await expect(notebook.cell(0).locator('.jp-RenderedHTMLCommon details')).toHaveCount(0);
    });

    await test.step('keys open it and move between its tabs', async () => {
      await report.summary.focus();
      await page.keyboard.press('Enter');
      await expect(report.summary).toHaveAttribute('aria-expanded', 'true');
      await expect(report.tab('Lines')).toHaveAttribute('aria-selected', 'true');
      const names = await report.tabNames();
      expect(names).toEqual(expect.arrayContaining(['Lines', 'Timeline', 'Functions', 'Memory']));
      expect(names).not.toContain('Compare');
      expect(await files.hasChartLibrary()).toBe(false);
      await report.tab('Lines').press('ArrowRight');
      await expect(report.tab('Timeline')).toBeFocused();
      await report.tab('Timeline').press('Home');
      await expect(report.tab('Lines')).toBeFocused();
    });

    await test.step('arrows scroll a table that has the focus, and leave the cell', async () => {
      const place = report.panel.getByRole('group').first();
      await place.evaluate(node => (node.style.maxHeight = '60px'));
      await place.focus();
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => place.evaluate(node => node.scrollTop)).toBeGreaterThan(0);
      await expect(place).toBeFocused();
      await place.evaluate(node => (node.style.maxHeight = ''));
    });

    await test.step('lines sort, and go to the line', async () => {
      const table = report.panel.getByRole('table').first();
      await table.getByRole('button', { name: 'Time' }).click();
      const first = table.getByRole('row').nth(1);
      await expect(first).toContainText('return sum(i * i');
      await first.getByRole('button', { name: 'Go to line 4' }).click();
      await expect(notebook.editor(0)).toBeFocused();
      await page.keyboard.press('Shift+End');
      expect(await page.evaluate(() => getSelection()?.toString())).toContain('sum(i * i');
    });

    await test.step('a chart comes when it is asked for', async () => {
      await report.choose('Timeline');
      await expect(report.panel.locator('[data-state="drawn"]').first()).toBeVisible();
      expect(await files.hasChartLibrary()).toBe(true);
      await test.step('and names the line of the moment that is pointed at', async () => {
        const chart = report.panel.locator('[data-state="drawn"]').first();
        await chart.scrollIntoViewIfNeeded();
        const box = await chart.boundingBox();
        if (!box) throw new Error('the chart has no place');
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
        // The middle of the cell is in its loop.
        await expect(chart.locator('.hoverlayer')).toContainText(
          /Line: \[\d+\]:(4 return sum|7 held\.append)/,
        );
      });
      await report.choose('Functions');
      await expect(report.panel.locator('[data-state="drawn"]').first()).toBeVisible();
      await expect(report.panel).toContainText('slow');
      await test.step('and is whole in another theme', async () => {
        const names = report.panel.locator('.slicetext', { hasText: 'slow' });
        await expect(names.first()).toBeVisible();
        await command(page, 'apputils:change-theme', { theme: THEME_NAMES.dark });
        await expect(page.locator('body')).toHaveAttribute('data-jp-theme-name', THEME_NAMES.dark);
        await page.waitForTimeout(1000);
        await expect(names.first()).toBeVisible();
      });
    });

    await test.step('every tab is accessible', async () => {
      for (const name of await report.tabNames()) {
        await report.choose(name);
        await expect(report.panel).not.toBeEmpty();
        await expectAccessible(page, '.jp-PyPerf-inline');
      }
    });

    await test.step('it is restored from the saved notebook', async () => {
      await notebook.save();
      await notebook.reopen();
      await expect(report.summary).toContainText('return sum(i * i');
      await report.open();
      await report.choose('Memory');
      await expect(report.panel).toContainText('held');
    });

    await test.step('another run is compared with it', async () => {
      await notebook.run(0);
      await report.open();
      await report.choose('Compare');
      await expect(report.panel.getByRole('table').first()).toBeVisible();
    });
  });

test('lab: a TypeScript cell', async ({ open }) => {
  const notebook = await open('lab', {
    name: 'typescript.ipynb',
    kernel: 'wrapped-typescript',
    cells: [TYPESCRIPT],
  });
  await notebook.run(0);
  const report = new InlineReport(notebook, 0);
  await expect(report.summary).toContainText('Math.sqrt(i)');
  await report.open();
  await expect(report.panel).toContainText('total += Math.sqrt(i) * Math.sin(i)');
  await report.choose('Functions');
  await expect(report.panel).toContainText('slow');
});
