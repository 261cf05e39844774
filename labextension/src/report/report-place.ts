/** A tab or a side panel in which a report stands. It loads with JupyterLab; the report does when it is first seen. */
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';
import type { ReportServices } from './report-services.ts';
import type { ReportSource } from './report-source.ts';

export class ReportPlace extends Panel {
  /** The notebook's, of a report in a tab. */
  path = '';
  #source: ReportSource | null = null;
  #shown: ReportSource | null | undefined;

  /** @param emptyText says what to do while there is no source. */
  constructor(
    private readonly services: ReportServices,
    emptyText: string,
  ) {
    super();
    this.addClass('jp-PyPerf-reportPlace');
    this.node.dataset['empty'] = emptyText;
    // What has the focus is what JupyterLab's commands are for.
    this.node.tabIndex = -1;
  }

  get source(): ReportSource | null {
    return this.#source;
  }
  set source(source: ReportSource | null) {
    this.#source = source;
    if (this.isVisible) this.#show();
  }

  protected override onAfterShow(): void {
    this.#show();
  }
  protected override onAfterAttach(): void {
    if (this.isVisible) this.#show();
  }

  protected override onActivateRequest(): void {
    this.node.focus();
  }
  protected override onCloseRequest(message: Message): void {
    super.onCloseRequest(message);
    this.dispose();
  }

  #show(): void {
    const source = this.#source;
    if (source === this.#shown) return;
    this.#shown = source;
    for (const widget of [...this.widgets]) widget.dispose();
    // The sheet shows the sentence for an empty place.
    if (!source) return void import('../views/styles.ts').then(styles => styles.addStyles());
    void import('./report-widget.tsx').then(
      ({ ReportWidget }) => {
        if (this.isDisposed || this.#shown !== source) return;
        this.addWidget(new ReportWidget(source, this.services));
      },
      // The server is away: the next look tries again.
      () => (this.#shown = undefined),
    );
  }
}
