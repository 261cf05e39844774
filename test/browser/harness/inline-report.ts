/** The summary under a profiled cell, and the report that it opens into. */
import { expect, type Locator } from '@playwright/test';
import type { NotebookPage } from './notebook-page.ts';

export class InlineReport {
  readonly root: Locator;
  readonly summary: Locator;
  readonly panel: Locator;

  constructor(notebook: NotebookPage, cell: number) {
    this.root = notebook.cell(cell).getByRole('region', { name: 'PyPerf', exact: true });
    this.summary = this.root.locator('.jp-PyPerf-summary');
    this.panel = this.root.getByRole('tabpanel');
  }

  async open(): Promise<void> {
    await expect(this.summary).toBeVisible();
    if ((await this.summary.getAttribute('aria-expanded')) === 'false') await this.summary.click();
    await expect(this.panel).toBeVisible();
  }

  tab(name: string): Locator {
    return this.root.getByRole('tab', { name });
  }
  async choose(name: string): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }
  async tabNames(): Promise<readonly string[]> {
    const names = await this.root.getByRole('tab').allTextContents();
    return names.map(name => name.replace(/\d+$/, '').trim());
  }
}
