/** Whether anything of a page's data became more than text. */
import { expect, type BrowserContext, type Page } from '@playwright/test';

export class HostileWatch {
  readonly #dialogs: string[] = [];

  constructor(context: BrowserContext) {
    context.on('dialog', dialog => {
      // Leaving a notebook that is not saved asks as well, by the browser itself.
      if (dialog.type() !== 'beforeunload') this.#dialogs.push(dialog.message());
      void dialog.accept();
    });
  }

  /** Elements and handlers that only our data can have made. */
  async expectOnlyText(page: Page): Promise<void> {
    expect(this.#dialogs).toEqual([]);
    const made = await page.evaluate(() =>
      [...document.querySelectorAll('img, a, script, [onerror]')]
        .filter(
          element =>
            element.getAttribute('src') === 'x' ||
            element.hasAttribute('onerror') ||
            /^javascript:/i.test(element.getAttribute('href') ?? '') ||
            /alert|__fired/.test(element.textContent ?? ''),
        )
        .filter(element => element.tagName !== 'A' || element.hasAttribute('href'))
        .map(element => element.outerHTML),
    );
    expect(made).toEqual([]);
    expect(await page.evaluate(() => '__fired' in window)).toBe(false);
  }
}
