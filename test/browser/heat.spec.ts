/** Heat beside the code, the live view and the badges, in both front ends and both themes. */
import { FRONT_ENDS } from './harness/front-end.ts';
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
  'time.sleep(0.05)',
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

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme });
      test(`${frontEnd} shows heat, ${theme}`, async ({ open, page }, info) => {
        const shot = (name: string) =>
          page.screenshot({ path: info.outputPath(`${frontEnd}-${theme}-${name}.png`) });
        const notebook = await open(frontEnd, {
          name: 'heat.ipynb',
          cells: [DEFINES, CALLS, '1 + 1'],
        });
        await notebook.run(0);
        await notebook.run(2);
        await notebook.start(1);
        await expect(page.locator('.jp-PyPerf-live')).toBeVisible();
        await page.waitForTimeout(1600);
        await shot('live');
        await notebook.finished(1);
        await expect(page.locator('.jp-PyPerf-live')).toHaveCount(0);
        await expect(notebook.cell(1).locator('.jp-PyPerf-heatBar-cpu').first()).toBeVisible();
        await shot('heat');
        await notebook.cell(0).locator('.cm-line', { hasText: 'total += i * i' }).hover({ position: { x: 120, y: 9 } });
        await expect(page.locator('.jp-PyPerf-heatTip')).toBeVisible();
        await shot('tip');
        await notebook.start(1);
        await page.waitForTimeout(2600);
        await shot('live-again');
        await notebook.finished(1);
        await notebook.insertFirstLine(1, '# more');
        await page.waitForTimeout(300);
        await shot('stale');
      });
    });
