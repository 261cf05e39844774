/**
 * The extension in a real JupyterLab: what it adds to the start, how soon its figures are painted, and what scrolling
 * costs. The browser tests hold the same with wide limits (test/browser/speed.spec.ts).
 */
import { chromium, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import config from '../playwright.config.ts';
import { openInFrontEnd } from '../test/browser/harness/front-end.ts';
import { InlineReport } from '../test/browser/harness/inline-report.ts';
import { profiledCells } from '../test/browser/harness/large-profiles.ts';
import { writeNotebook } from '../test/browser/harness/notebook-file.ts';
import { NotebookPage } from '../test/browser/harness/notebook-page.ts';
import { OwnFiles } from '../test/browser/harness/own-files.ts';
import { writeSettings } from '../test/browser/harness/settings.ts';
import {
  chartMs,
  median,
  openFileMs,
  p95,
  scrollFrames,
  summaryPaintMs,
} from '../test/browser/harness/speed.ts';
import { createEnvironment } from '../test/integration/jupyter/harness/environment.ts';
import { longRun } from '../test/support/long-run.ts';
import { serializeProfile } from '../src/profile/index.ts';
import { JupyterServer } from '../test/integration/jupyter/harness/server.ts';

const RUNS = 9;
const words = (values: readonly number[]): string =>
  `median ${median(values).toFixed(1)} ms, worst ${Math.max(...values).toFixed(1)} ms of ${values.length}`;

export async function run(print: (line: string) => void): Promise<void> {
  const environment = createEnvironment();
  writeSettings(environment, 'light', {});
  writeNotebook(environment, {
    name: 'quick.ipynb',
    cells: ['%%pyperf\nx = sum(i * i for i in range(2_000_000))', 'y = 1'],
  });
  writeNotebook(environment, { name: 'many.ipynb', cells: profiledCells(300) });
  const long = serializeProfile(longRun());
  writeFileSync(join(environment.notebooks, 'long.pyperf.json'), long);
  const server = await JupyterServer.start(environment);
  const browser = await chromium.launch(config.use?.launchOptions);
  /** Each with an empty cache. */
  const withPage = async (work: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await work(await context.newPage());
    await context.close();
  };
  try {
    await withPage(page => boot(page, server, print));
    await withPage(page => summaryAndCharts(page, server, print));
    await withPage(page => longFile(page, server, long.length, print));
    await withPage(page => scrolling(page, server, 'with us   ', print));
    await withPage(async page => {
      await page.route('**/extensions/jupyterlab-pyperf/**', route =>
        route.fulfill({ contentType: 'text/javascript', body: '' }),
      );
      await scrolling(page, server, 'without us', print);
    });
  } finally {
    await browser.close();
    await server.stop();
    environment.remove();
  }
}

type Print = (line: string) => void;

async function boot(page: Page, server: JupyterServer, print: Print): Promise<void> {
  const files = new OwnFiles(page);
  await openInFrontEnd(page, server, 'lab');
  await page.waitForTimeout(2000);
  print(`loaded at the start of JupyterLab (goal 30 kB): ${await files.totalBytes()} bytes`);
}

async function summaryAndCharts(page: Page, server: JupyterServer, print: Print): Promise<void> {
  const notebook = await NotebookPage.open(page, server, 'lab', 'quick.ipynb');
  const paints: number[] = [];
  for (let i = 0; i < RUNS; i++) paints.push(await summaryPaintMs(notebook, 0));
  print(`summary painted after its message (goal 50 ms): ${words(paints)}`);
  const report = new InlineReport(notebook, 0);
  await report.open();
  await report.choose('Lines');
  print(`first chart (goal 1000 ms): ${words([await chartMs(page, 'Functions')])}`);
  const later: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    await report.choose('Lines');
    later.push(await chartMs(page, 'Functions'));
  }
  print(`later charts (goal 150 ms): ${words(later)}`);
}

async function longFile(
  page: Page,
  server: JupyterServer,
  bytes: number,
  print: Print,
): Promise<void> {
  await openInFrontEnd(page, server, 'lab');
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await openFileMs(page, 'long.pyperf.json'));
  print(
    `8 hours of 1,000 cells, ${(bytes / 1e6).toFixed(1)} MB, from the server's disk to the paint (goal 1000 ms): ` +
      `${words(times)}; first ${times[0]?.toFixed(1)} ms`,
  );
}

async function scrolling(
  page: Page,
  server: JupyterServer,
  who: string,
  print: Print,
): Promise<void> {
  await NotebookPage.open(page, server, 'lab', 'many.ipynb');
  await scrollFrames(page, 60, 400);
  const frames = await scrollFrames(page, 240, 200);
  print(
    `300 profiled cells scrolled, ${who}: frame median ${median(frames).toFixed(1)} ms, p95 ${p95(frames).toFixed(1)} ms`,
  );
}
