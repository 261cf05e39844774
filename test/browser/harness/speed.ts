/** How long things take in the page, by the page's own clock. For specs with wide limits and for the benchmark. */
import type { Page } from '@playwright/test';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { PROFILE_MIME_TYPE } from '../../../src/profile/version.ts';
import type { NotebookPage } from './notebook-page.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Below which 95 % of the values lie. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
}

/** Runs a profiled cell. @returns ms from the arrival of its summary's message to the paint of the summary. */
export async function summaryPaintMs(notebook: NotebookPage, cell: number): Promise<number> {
  const { page } = notebook;
  await notebook.activate(cell);
  await page.evaluate(mimeType => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    let cameMs: number | undefined;
    const hear = (_: unknown, message: { content: unknown }): void => {
      const { data } = message.content as { data?: Record<string, unknown> };
      if (data && mimeType in data) cameMs = performance.now();
    };
    panel.sessionContext.iopubMessage.connect(hear);
    const before = new Set(Array.from(document.querySelectorAll('.jp-PyPerf-summary')));
    window.pyperfPaint = new Promise(resolve => {
      const observer = new MutationObserver(() => {
        if (cameMs === undefined) return;
        const fresh = Array.from(document.querySelectorAll('.jp-PyPerf-summary')).find(
          summary => !before.has(summary),
        );
        if (!fresh) return;
        observer.disconnect();
        panel.sessionContext.iopubMessage.disconnect(hear);
        const from = cameMs;
        // What follows the frame's callbacks is its paint.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - from);
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
  }, PROFILE_MIME_TYPE);
  await notebook.start(cell);
  const took = await page.evaluate(() => window.pyperfPaint);
  await notebook.finished(cell);
  return took;
}

/** Chooses a tab with a chart. @returns ms from the click until the chart is painted. */
export const chartMs = (page: Page, tab: string): Promise<number> =>
  page.evaluate(
    name =>
      new Promise<number>((resolve, reject) => {
        const root = document.querySelector('.jp-PyPerf-inline');
        const button = Array.from(root?.querySelectorAll<HTMLElement>('[role=tab]') ?? []).find(
          candidate => candidate.textContent?.startsWith(name),
        );
        if (!root || !button) return reject(new Error(`no tab ${name}`));
        const startMs = performance.now();
        const isDrawn = (): boolean => {
          const panel = root.querySelector('[role=tabpanel]');
          return (
            panel?.querySelector('[data-state=drawn]') != null &&
            panel.getAttribute('data-tab') !== 'lines'
          );
        };
        button.click();
        const look = (): void => {
          if (isDrawn()) resolve(performance.now() - startMs);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    tab,
  );

/** Scrolls through a notebook, a step each frame. @returns the length of each frame in ms. */
export const scrollFrames = (page: Page, frames: number, stepPx: number): Promise<number[]> =>
  page.evaluate(
    async ([count, step]) => {
      const outer = document.querySelector('.jp-WindowedPanel-outer') as HTMLElement;
      outer.scrollTop = 0;
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      const lengths: number[] = [];
      let lastMs = performance.now();
      for (let i = 0; i < count; i++) {
        outer.scrollTop += step;
        await frame();
        const nowMs = performance.now();
        lengths.push(nowMs - lastMs);
        lastMs = nowMs;
      }
      return lengths;
    },
    [frames, stepPx] as const,
  );

/** Opens a profile's file. @returns ms until its report is painted. */
export const openFileMs = (page: Page, path: string): Promise<number> =>
  page.evaluate(async file => {
    const startMs = performance.now();
    const widget = (await window.jupyterapp.commands.execute('docmanager:open', {
      path: file,
    })) as { readonly node: HTMLElement; close(): void };
    while (!widget.node.querySelector('.jp-PyPerf-report table tbody tr'))
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const tookMs = performance.now() - startMs;
    widget.close();
    return tookMs;
  }, path);

declare global {
  interface Window {
    pyperfPaint: Promise<number>;
  }
}
