/** axe-core on elements of ours, as they stand in the page. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing serious or critical within `selector`. */
export async function expectAccessible(page: Page, selector: string): Promise<void> {
  await expect(page.locator(selector).first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include(selector).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(node => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary}`),
    );
  expect(found, `axe-core on ${selector}`).toEqual([]);
}
