/** The notebook report, kept runs, exports and the viewer of profile files, in the real front ends. */
import { genomics } from '../support/genomics.ts';
import type { Profile } from '../../src/profile/index.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { command, FRONT_ENDS } from './harness/front-end.ts';
import type { NotebookFile } from './harness/notebook-file.ts';
import { savedOutput } from './harness/saved.ts';
import { THEMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** A notebook whose cells have the profile's figures as saved outputs. */
function notebookOf(name: string, profile: Profile): NotebookFile {
  return {
    name,
    cells: profile.cells.map((cell, i) => ({
      source: cell.source,
      ...(cell.executionCount !== null && { executionCount: cell.executionCount }),
      outputs: [
        savedOutput({
          ...profile,
          cells: [{ ...cell, cellId: `cell-${i}` }],
          findings: profile.findings.filter(({ where }) =>
            where.some(w => 'executionCount' in w && w.executionCount === cell.executionCount),
          ),
        }),
      ],
    })),
  };
}

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme });
      test(`${frontEnd} shows the report of a notebook, ${theme}`, async ({ open, page }, info) => {
        const notebook = await open(frontEnd, notebookOf('genomics.ipynb', genomics()));
        await command(page, 'pyperf:open-report', { path: 'genomics.ipynb' });
        const report = page.locator('.jp-PyPerf-report:visible');
        await expect(report.getByRole('heading', { name: 'genomics.ipynb' })).toBeVisible();
        await expect(report.getByRole('row', { name: /Data loading/ })).toBeVisible();
        await page.screenshot({ path: info.outputPath('cells.png') });
        for (const tab of [
          'Findings',
          'Timeline',
          'Lines and functions',
          'Memory',
          'Files',
          'Runs',
          'How measured',
        ]) {
          await report.getByRole('tab', { name: tab }).click();
          if (tab === 'Timeline') await expect(report.locator('[data-state=drawn]')).toBeVisible();
          await page.screenshot({ path: info.outputPath(`${tab.replaceAll(' ', '-')}.png`) });
        }
        await report.getByRole('tab', { name: 'Cells' }).click();
        await report.getByRole('button', { name: 'Result visualization' }).press('Enter');
        await expect(notebook.cell(5)).toHaveClass(/jp-mod-active/);
        await expect(notebook.cell(5)).toBeInViewport();
        await expectAccessible(page, '.jp-PyPerf-report');
      });
    });
