/** Heat beside the code, the live view under the running cell, and the timing badges. */
import { ms, type Profile } from '../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile } from '../support/profiles.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { command, FRONT_ENDS } from './harness/front-end.ts';
import type { CellFile } from './harness/notebook-file.ts';
import type { NotebookPage } from './harness/notebook-page.ts';
import { savedOutput } from './harness/saved.ts';
import { THEMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const DEFINES = [
  '%%pyperf --quiet',
  'import time',
  'def slow(n):',
  '    total = 0',
  '    for i in range(n):',
  '        total += i * i',
  '    time.sleep(0.8)',
  '    return total',
  'time.sleep(0.4)',
].join('\n');
const CALLS = [
  '%%pyperf --quiet',
  'import time',
  'held = bytearray(30_000_000)',
  'for _ in range(2):',
  '    slow(4_000_000)',
  'numbers = [i * i for i in range(3_000_000)]',
  'time.sleep(1.5)',
  'print(len(numbers))',
].join('\n');

const line = (notebook: NotebookPage, index: number, text: string) =>
  notebook.cell(index).locator('.cm-line', { hasText: text });
const bars = (notebook: NotebookPage, index: number) =>
  notebook.cell(index).locator('.jp-PyPerf-heatBar:visible');
const badge = (notebook: NotebookPage, index: number) =>
  notebook.cell(index).locator('.jp-PyPerf-badge');

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme });
      test(`${frontEnd} shows heat and the live view, ${theme}`, async ({ open, page }, info) => {
        const shot = (name: string) =>
          page.screenshot({ path: info.outputPath(`${frontEnd}-${theme}-${name}.png`) });
        const live = page.locator('.jp-PyPerf-live');
        const tip = page.locator('.jp-PyPerf-heatTip');
        const notebook = await open(frontEnd, {
          name: 'heat.ipynb',
          cells: [DEFINES, CALLS, '1 + 1'],
        });
        await notebook.run(0);
        await notebook.run(2);
        await notebook.start(1);
        await expect(live).toContainText('Running 2');
        await expect(live).toContainText('time.sleep(0.8)');
        await expectAccessible(page, '.jp-PyPerf-live');
        await shot('live');
        await notebook.finished(1);
        await expect(live).toHaveCount(0);
        await expect(line(notebook, 1, 'time.sleep(1.5)')).toHaveClass(/jp-PyPerf-heatLine/);
        // What it called is hot where it stands.
        await expect(line(notebook, 0, 'time.sleep(0.8)')).toHaveClass(/jp-PyPerf-heatLine/);
        await expect(badge(notebook, 1)).toContainText('peak');
        await shot('heat');

        await line(notebook, 0, 'time.sleep(0.8)').hover({ position: { x: 60, y: 9 } });
        await expect(tip).toContainText('of the time of cell [3]');
        await expect(tip).toContainText(/sleep 1\.[6-9] s/);
        await shot('tip');
        await page.mouse.move(5, 5);
        await expect(tip).toHaveCount(0);

        await notebook.start(1);
        await expect(live).toContainText('the last time');
        await expect(live.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /[1-9]/);
        await shot('live-again');
        await notebook.finished(1);
        await expect(badge(notebook, 1)).toContainText('before');

        await notebook.insertFirstLine(1, '# more');
        await expect(notebook.cell(1).locator('.jp-PyPerf-mod-staleHeat')).toBeVisible();
        await expect(line(notebook, 1, 'time.sleep(1.5)')).toHaveClass(/jp-PyPerf-heatLine/);
        await expect(badge(notebook, 1)).toContainText('edited since');
        await shot('stale');
        await expectAccessible(page, '.jp-Notebook .jp-PyPerf-badge');
        await expectAccessible(page, '.jp-Notebook .cm-line.jp-PyPerf-heatLine');
      });
    });

test('heat is told to the keyboard, switched off and on, and cleared', async ({ open, page }) => {
  const notebook = await open('lab', { name: 'heat.ipynb', cells: [DEFINES, saved(1)] });
  await notebook.run(0);
  await expect(bars(notebook, 0)).toHaveCount(1);
  await expect(bars(notebook, 1)).toHaveCount(1);

  await notebook.editor(1).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+Shift+H');
  await expect(page.locator('.jp-PyPerf-heatTip')).toHaveCount(0);
  await expect(notebook.cell(1).locator('.cm-announced')).toHaveText(/Nothing was measured/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+Shift+H');
  await expect(page.locator('.jp-PyPerf-heatTip')).toContainText("100.0% of the cell's time");
  await expect(notebook.cell(1).locator('.cm-announced')).toHaveText(/Line 2: 100/);
  await page.keyboard.press('Escape');
  await expect(page.locator('.jp-PyPerf-heatTip')).toHaveCount(0);

  const button = notebook.toolbar.locator('[data-command="pyperf:toggle-heat"]').first();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await button.click();
  await expect(page.locator('.jp-PyPerf-heatBar:visible')).toHaveCount(0);
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect(bars(notebook, 1)).toHaveCount(1);

  await notebook.activate(1);
  await command(page, 'notebook:clear-cell-output');
  await expect(bars(notebook, 1)).toHaveCount(0);
  await expect(badge(notebook, 1)).toHaveCount(0);
  await expect(bars(notebook, 0)).toHaveCount(1);
});

test('a kernel without the hook gets badges by its messages', async ({ open, page }, info) => {
  const notebook = await open('notebook', {
    name: 'bare.ipynb',
    cells: ['import time\ntime.sleep(2.5)', '1', '1 / 0\n'],
    kernel: 'bare',
  });
  await notebook.start(0);
  await expect(badge(notebook, 0)).toContainText('running');
  await notebook.finished(0);
  await expect(badge(notebook, 0)).toContainText(/^(2\.[5-9]|[3-9]\.\d) sfinished/);
  await notebook.run(0);
  await expect(badge(notebook, 0)).toContainText(/before (2\.[5-9]|[3-9]\.\d)/);
  await notebook.run(1);
  await expect(badge(notebook, 1)).toHaveCount(0);
  await page.screenshot({ path: info.outputPath('bare.png') });
});

test('heat stands in cells that a windowed notebook makes late', async ({ open, page }, info) => {
  const notebook = await open('lab', {
    name: 'many.ipynb',
    cells: Array.from({ length: 300 }, (_, index) => saved(index)),
  });
  await expect(bars(notebook, 0)).toHaveCount(1);
  for (const index of [150, 299, 20, 299]) {
    await notebook.activate(index);
    await expect(bars(notebook, index)).toHaveCount(1);
    await expect(badge(notebook, index)).toContainText('1.0 s');
  }
  await page.screenshot({ path: info.outputPath('many.png') });
});

/** A cell of two lines, the second hot, with its saved figures. */
function saved(index: number): CellFile {
  const source = `values = range(${index})\nwork(values)`;
  const profile: Profile = buildProfile([
    buildCell({
      cellId: `cell-${index}`,
      executionCount: index + 100,
      source,
      wallTimeMs: 1000,
      lines: [
        buildLine(at(index + 100, 2), 1000, 1, {
          text: 'work(values)',
          callees: [{ name: 'pandas merge', ms: ms(800) }],
        }),
      ],
    }),
  ]);
  return { source, executionCount: index + 100, outputs: [savedOutput(profile)] };
}
