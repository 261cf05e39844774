/**
 * Browser tests: one Jupyter server for all of them, and for each test its own browser profile, settings and empty
 * folder of notebooks. Every test also fails when our scripts throw or log an error.
 */
import {
  expect,
  test as base,
  type BrowserContext,
  type Page,
  type TestInfo,
} from '@playwright/test';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createEnvironment,
  type JupyterEnvironment,
} from '../../integration/jupyter/harness/environment.ts';
import { JupyterServer } from '../../integration/jupyter/harness/server.ts';
import type { FrontEnd } from './front-end.ts';
import { KernelTraffic } from './kernel-traffic.ts';
import { writeNotebook, type NotebookFile } from './notebook-file.ts';
import { NotebookPage } from './notebook-page.ts';
import { collectOwnErrors } from './own-errors.ts';
import { writeSettings, type Settings, type Theme } from './settings.ts';

interface Jupyter {
  readonly environment: JupyterEnvironment;
  readonly server: JupyterServer;
}

interface Fixtures {
  readonly theme: Theme;
  readonly settings: Settings;
  readonly fresh: undefined;
  /** Writes a notebook and opens it. */
  readonly open: (frontEnd: FrontEnd, file: NotebookFile) => Promise<NotebookPage>;
  /** Lets a cell end that waits for a file beside its notebook, or makes the next one wait again. */
  readonly finish: (file: string, take?: 'take back') => void;
}

export { expect };
export const test = base.extend<Fixtures, { readonly jupyter: Jupyter }>({
  jupyter: [
    // Playwright reads from the braces which fixtures are needed.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const environment = createEnvironment();
      const server = await JupyterServer.start(environment);
      await use({ environment, server });
      await server.stop();
      environment.remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  theme: ['light', { option: true }],
  settings: [{}, { option: true }],
  fresh: [
    async ({ jupyter: { environment, server }, context, theme, settings }, use, test) => {
      writeSettings(environment, theme, settings);
      const errors = collectOwnErrors(context);
      const traffic = new KernelTraffic(context);
      await use(undefined);
      if (test.status !== test.expectedStatus) await tell(test, context, traffic);
      await endSessions(server);
      for (const name of readdirSync(environment.notebooks))
        rmSync(join(environment.notebooks, name), { recursive: true });
      expect(errors, 'errors of our own scripts').toEqual([]);
    },
    { auto: true },
  ],
  finish: async ({ jupyter }, use) => {
    await use((file, take) => {
      const path = join(jupyter.environment.notebooks, file);
      if (take) rmSync(path);
      else writeFileSync(path, '');
    });
  },
  open: async ({ page, jupyter: { environment, server } }, use) => {
    await use(async (frontEnd, file) => {
      writeNotebook(environment, file);
      return NotebookPage.open(page, server, frontEnd, file.name);
    });
  },
});

/** What a log of CI must hold for a failure to be understood from it. */
async function tell(
  test: TestInfo,
  context: BrowserContext,
  traffic: KernelTraffic,
): Promise<void> {
  console.log(`\n${test.title}: the last messages of its kernels\n${String(traffic)}`);
  // A page that does not answer any more must not hide why the test failed.
  for (const page of context.pages()) console.log(await stateOf(page).catch(String));
}

const stateOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const texts = (selector: string): (string | null)[] =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
    const kernels = [...window.jupyterapp.shell.widgets('main')].map(widget => {
      const { sessionContext } = widget as unknown as Partial<NotebookPanel>;
      const kernel = sessionContext?.session?.kernel;
      return kernel && `${kernel.name} ${kernel.connectionStatus} ${kernel.status}`;
    });
    const prompts = texts('.jp-InputPrompt');
    const dialogs = texts('.jp-Dialog');
    return JSON.stringify({ isHidden: document.hidden, kernels, prompts, dialogs });
  });

/** With their kernels. */
async function endSessions(server: JupyterServer): Promise<void> {
  const sessions = (await server.rest('GET', '/api/sessions')) as readonly { id: string }[];
  await Promise.all(sessions.map(({ id }) => server.rest('DELETE', `/api/sessions/${id}`)));
}
