/** The application in the page: the harness's server lets tests reach it. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { expect, type Page } from '@playwright/test';
import type { JupyterServer } from '../../integration/jupyter/harness/server.ts';

declare global {
  interface Window {
    jupyterapp: JupyterFrontEnd;
  }
}

/** JupyterLab and Notebook 7; one server serves both. */
export const FRONT_ENDS = ['lab', 'notebook'] as const;
export type FrontEnd = (typeof FRONT_ENDS)[number];

/** A page load on a busy machine. */
const LOAD_MS = 90_000;

/** Opens a file of the server's folder, or JupyterLab itself. */
export async function openInFrontEnd(
  page: Page,
  server: JupyterServer,
  frontEnd: FrontEnd,
  file?: string,
): Promise<void> {
  const token = `token=${server.token}`;
  const path = file === undefined ? '' : `/${encodeURIComponent(file)}`;
  const url =
    frontEnd === 'lab'
      ? `/lab${path && `/tree${path}`}?reset&${token}`
      : `${path ? `/notebooks${path}` : '/tree'}?${token}`;
  await page.goto(server.url + url);
  await page.waitForFunction(() => 'jupyterapp' in window, undefined, { timeout: LOAD_MS });
  await page.evaluate(() => window.jupyterapp.restored);
}

/** Runs a command as the palette does, and waits for its promise. */
export async function command(
  page: Page,
  id: string,
  args: Readonly<Record<string, string | number | boolean>> = {},
): Promise<void> {
  await page.evaluate(
    async ([name, values]) => {
      await window.jupyterapp.commands.execute(name, values);
    },
    [id, { ...args }] as const,
  );
}

/** Starts a command that ends only after the test did something, such as answered a dialog. */
export async function startCommand(page: Page, id: string): Promise<void> {
  await page.evaluate(name => {
    void window.jupyterapp.commands.execute(name);
  }, id);
}

/** Presses the dialog's button that goes ahead, such as "Restart". */
export async function acceptDialog(page: Page): Promise<void> {
  await page.locator('.jp-Dialog .jp-mod-accept').click();
  await expect(page.locator('.jp-Dialog')).toHaveCount(0);
}
