/** An open notebook in JupyterLab or Notebook 7: what a test does with it, and where its parts are. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { JupyterServer } from '../../integration/jupyter/harness/server.ts';
import { acceptDialog, command, openInFrontEnd, startCommand, type FrontEnd } from './front-end.ts';

const KERNEL_MS = 60_000;
const RUN_MS = 60_000;

export class NotebookPage {
  private constructor(
    readonly page: Page,
    readonly server: JupyterServer,
    readonly frontEnd: FrontEnd,
    readonly name: string,
  ) {}

  /** One that is open already, in another tab of JupyterLab. */
  static at(page: Page, server: JupyterServer, frontEnd: FrontEnd, name: string): NotebookPage {
    return new NotebookPage(page, server, frontEnd, name);
  }

  /** Waits until the cells stand and the kernel is idle; `busy`: a kernel that runs a cell already. */
  static async open(
    page: Page,
    server: JupyterServer,
    frontEnd: FrontEnd,
    name: string,
    kernel: 'idle' | 'busy' = 'idle',
  ): Promise<NotebookPage> {
    const notebook = new NotebookPage(page, server, frontEnd, name);
    await openInFrontEnd(page, server, frontEnd, name);
    await notebook.#stands();
    if (kernel === 'idle') await notebook.idle();
    return notebook;
  }

  /** The notebook as the server has it, in the same tab. */
  async reopen(kernel: 'idle' | 'busy' = 'idle'): Promise<void> {
    await openInFrontEnd(this.page, this.server, this.frontEnd, this.name);
    await this.#stands();
    if (kernel === 'idle') await this.idle();
  }

  get panel(): Locator {
    return this.page.locator('.jp-NotebookPanel:visible');
  }
  get toolbar(): Locator {
    return this.panel.locator('.jp-NotebookPanel-toolbar');
  }
  /** Of a windowed notebook only while the cell is in sight: see `activate`. */
  cell(index: number): Locator {
    return this.panel.locator(`.jp-Cell[data-windowed-list-index="${index}"]`);
  }
  outputs(index: number): Locator {
    return this.cell(index).locator('.jp-OutputArea-output');
  }
  prompt(index: number): Locator {
    return this.cell(index).locator('.jp-InputPrompt');
  }
  editor(index: number): Locator {
    return this.cell(index).locator('.cm-content');
  }

  /** Makes a cell the active one and brings it into sight. */
  async activate(index: number): Promise<void> {
    // A windowed notebook that measures its cells meanwhile may scroll on: then it is asked again.
    await expect(async () => {
      await this.#scrollTo(index);
      await expect(this.cell(index)).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 60_000 });
  }

  async #scrollTo(index: number): Promise<void> {
    await this.page.evaluate(
      async ([path, target]) => {
        const { shell } = window.jupyterapp;
        const panel = Array.from(shell.widgets('main')).find(
          widget => 'context' in widget && (widget as NotebookPanel).context.path === path,
        ) as NotebookPanel;
        shell.activateById(panel.id);
        panel.content.activeCellIndex = target;
        panel.content.deselectAll();
        await panel.content.scrollToItem(target);
      },
      [this.name, index] as const,
    );
  }

  /** Runs a cell and waits for its end, which may be an error. */
  async run(index: number): Promise<void> {
    await this.start(index);
    await this.finished(index);
  }
  /** Starts a cell and waits until its prompt shows that the front end took notice. */
  async start(index: number): Promise<void> {
    await this.activate(index);
    await startCommand(this.page, 'notebook:run-cell');
  }
  async finished(index: number, withinMs = RUN_MS): Promise<void> {
    await expect(this.prompt(index)).toHaveText(/\[\d+\]/, { timeout: withinMs });
    await this.idle();
  }
  async runAll(withinMs = RUN_MS): Promise<void> {
    await startCommand(this.page, 'notebook:run-all-cells');
    await expect(this.prompt(0)).not.toHaveText(/\[ ?\]:/);
    await this.idle(withinMs);
  }

  async idle(withinMs = KERNEL_MS): Promise<void> {
    await this.page.waitForFunction(
      path => {
        const panel = Array.from(window.jupyterapp.shell.widgets('main')).find(
          widget => 'context' in widget && (widget as NotebookPanel).context.path === path,
        ) as NotebookPanel | undefined;
        const kernel = panel?.sessionContext?.session?.kernel;
        return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
      },
      this.name,
      { timeout: withinMs },
    );
  }
  async restart(): Promise<void> {
    await startCommand(this.page, 'notebook:restart-kernel');
    await acceptDialog(this.page);
    await this.idle();
  }
  async interrupt(): Promise<void> {
    await command(this.page, 'notebook:interrupt-kernel');
  }
  async save(): Promise<void> {
    await this.#bringToFront();
    await command(this.page, 'docmanager:save');
  }

  /** Types into a cell's editor, at its end. */
  async append(index: number, text: string): Promise<void> {
    await this.activate(index);
    await this.editor(index).click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }
  /** Puts a line above the cell's first one, as a user does. */
  async insertFirstLine(index: number, text: string): Promise<void> {
    await this.activate(index);
    await this.editor(index).click();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async #bringToFront(): Promise<void> {
    await this.page.evaluate(path => {
      const { shell } = window.jupyterapp;
      const panel = Array.from(shell.widgets('main')).find(
        widget => 'context' in widget && (widget as NotebookPanel).context.path === path,
      );
      if (panel) shell.activateById(panel.id);
    }, this.name);
  }

  async #stands(): Promise<void> {
    await expect(this.cell(0)).toBeVisible({ timeout: 60_000 });
  }
}
