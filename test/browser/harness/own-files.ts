/** Which of our own static files a page has loaded, and how large they are. */
import type { Page } from '@playwright/test';

const OURS = /\/extensions\/jupyterlab-pyperf\/static\//;

export class OwnFiles {
  readonly #loading: Promise<number>[] = [];

  constructor(page: Page) {
    page.on('response', response => {
      if (OURS.test(response.url()) && response.ok())
        this.#loading.push(response.body().then(body => body.length));
    });
  }

  /** Of each file so far. */
  bytes(): Promise<readonly number[]> {
    return Promise.all(this.#loading);
  }
  async totalBytes(): Promise<number> {
    return (await this.bytes()).reduce((sum, size) => sum + size, 0);
  }
  /** Nothing else of ours is as large as the chart library. */
  async hasChartLibrary(): Promise<boolean> {
    return (await this.bytes()).some(size => size > 700_000);
  }
}
