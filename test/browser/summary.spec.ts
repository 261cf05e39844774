/** The summary under a `%%pyperf` cell, in the real front ends and in both themes. */
import { FRONT_ENDS } from './harness/front-end.ts';
import { THEMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const CELLS = [
  [
    '%%pyperf --label "a slow loop"',
    'import time',
    'import numpy as np',
    'held = []',
    'for size in range(1, 9):',
    '    held.append(np.ones(size * 2_000_000))',
    '    total = sum(i * i for i in range(400_000))',
    'time.sleep(0.5)',
    'with open("numbers.bin", "wb") as file:',
    '    file.write(bytes(20_000_000))',
    'print("total", total)',
  ].join('\n'),
  '%%pyperf\n1 / 0',
  '%%pyperf --no-such-option\n1',
  '%pyperf report',
];

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme });
      test(`${frontEnd} shows a summary under the cell, ${theme}`, async ({ open, page }, info) => {
        const notebook = await open(frontEnd, { name: 'summary.ipynb', cells: CELLS });
        // What the front end itself stumbles over while it loads is not ours.
        const broken: string[] = [];
        page.on('pageerror', error => broken.push(error.message));
        for (const index of CELLS.keys()) await notebook.run(index);

        const outputs = notebook.outputs(0);
        await expect(outputs.filter({ hasText: 'total' }).first()).toBeVisible();
        await expect(outputs.filter({ hasText: 'a slow loop' })).toBeVisible();
        await expect(notebook.outputs(2).filter({ hasText: 'PyPerfUsageError' })).toBeVisible();
        // Tall enough that a cell stands on the page as a whole.
        await page.setViewportSize({ width: 1280, height: 2400 });
        await page.screenshot({ path: info.outputPath(`${frontEnd}-${theme}.png`) });
        expect(broken).toEqual([]);
      });
    });
