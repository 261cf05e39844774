/** Findings with their code, what tracing told, and the comparison: under a cell and in the report. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { webApi } from '../support/web-api.ts';
import { expectAccessible } from './harness/accessibility.ts';
import { FRONT_ENDS, openInFrontEnd } from './harness/front-end.ts';
import { InlineReport } from './harness/inline-report.ts';
import { savedOutput } from './harness/saved.ts';
import { THEMES } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

for (const frontEnd of FRONT_ENDS)
  for (const theme of THEMES)
    test.describe(() => {
      test.use({ theme, permissions: ['clipboard-read', 'clipboard-write'] });
      test(`${frontEnd} shows findings and what was traced, ${theme}`, async ({
        open,
        page,
      }, info) => {
        const profile = webApi();
        const notebook = await open(frontEnd, {
          name: 'api.ipynb',
          cells: [
            {
              source: profile.cells[0]!.source,
              outputs: [savedOutput(profile)],
              executionCount: 3,
            },
          ],
        });
        await page.setViewportSize({ width: 1280, height: 1500 });
        const report = new InlineReport(notebook, 0);
        await report.open();
        const shot = (name: string) =>
          page.screenshot({ path: info.outputPath(`${frontEnd}-${theme}-${name}.png`) });

        await report.choose('Findings');
        await expect(report.panel).toContainText('WHERE user_id IN');
        await report.panel.getByRole('button', { name: 'Copy' }).click();
        await expect(report.panel.getByRole('status')).toHaveText('Copied');
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(profile.findings[0]!.example!.trimEnd());
        const link = report.panel.getByRole('link', { name: 'Read more at docs.sqlalchemy.org' });
        await expect(link).toHaveAttribute('href', profile.findings[0]!.docsUrl!);
        await expect(link).toHaveAttribute('rel', 'noreferrer noopener');
        await expectAccessible(page, '.jp-PyPerf-inline');
        await shot('findings');

        await report.choose('I/O and queries');
        await report.panel.getByText('Plan of').first().click();
        await expect(report.panel).toContainText('CREATE INDEX ON activity (user_id)');
        await expect(report.panel).toContainText('4.5 s with 16 callers at once');
        await expect(report.panel.getByRole('table', { name: 'HTTP requests' })).toContainText(
          '/api/users/{id}/activity',
        );
        await expect(report.panel.getByRole('table', { name: /Waiting for locks/ })).toContainText(
          'cache.py:15',
        );
        await expectAccessible(page, '.jp-PyPerf-inline');
        await shot('io');

        await report.choose('Memory');
        await expect(report.panel).toContainText('SummaryCache.entries');
        await report.choose('Compare');
        await expect(report.panel).toContainText('Compared with baseline');
        await expect(report.panel.getByRole('table').first()).toContainText('67.6%');
        await expectAccessible(page, '.jp-PyPerf-inline');
        await shot('compare');
      });
    });

for (const theme of THEMES)
  test.describe(() => {
    test.use({ theme });
    test(`lab: the report of a file shows the same, ${theme}`, async ({ page, jupyter }, info) => {
      writeFileSync(
        join(jupyter.environment.notebooks, 'api.pyperf.json'),
        JSON.stringify(webApi()),
      );
      await openInFrontEnd(page, jupyter.server, 'lab');
      await page.locator('.jp-DirListing-item', { hasText: 'api.pyperf.json' }).dblclick();
      const report = page.locator('.jp-PyPerf-report:visible');
      for (const [tab, text] of [
        ['Findings', 'WHERE user_id IN'],
        ['Memory', 'SummaryCache.entries'],
        ['Files and queries', 'CREATE INDEX ON activity (user_id)'],
      ] as const) {
        await report.getByRole('tab', { name: tab }).click();
        await expect(report.getByRole('tabpanel')).toContainText(text);
        await expectAccessible(page, '.jp-PyPerf-report');
        await page.screenshot({ path: info.outputPath(`report-${theme}-${tab}.png`) });
      }
    });
  });
