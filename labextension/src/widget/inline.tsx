/** The content of an output: a summary that opens into the report of its cell, or of its run. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Message } from '@lumino/messaging';
import type { ReactElement } from 'react';
import type { Cell } from '../../../src/profile/index.ts';
import type { INotebookProfiles } from '../model/model.ts';
import { ErrorBoundary, Problem } from '../views/error-boundary.tsx';
import type { OpenLine } from '../views/lines/lines-view.tsx';
import type { Highlight } from '../views/lines/tokens.ts';
import { addStyles } from '../views/styles.ts';
import { highlighter } from './highlight.ts';
import { InlineView } from './inline-view.tsx';
import { KeptReactWidget } from './kept-react-widget.ts';
import { openLine } from './open-line.ts';
import { beginWith } from './open-state.ts';
import type { OutputContext } from './output.ts';
import { readOutput, type OutputContent } from './read-output.ts';
import { RunView } from './run-view.tsx';

export class InlineWidget extends KeptReactWidget {
  readonly #context: OutputContext;
  readonly #highlight: Highlight | undefined;
  #content: OutputContent | undefined;
  #panel: NotebookPanel | undefined;
  #profiles: INotebookProfiles | undefined;

  constructor(context: OutputContext) {
    super();
    addStyles();
    this.#context = context;
    if (context.settings) beginWith(context.settings.values.defaultTab);
    this.#highlight = context.languages ? highlighter(context.languages) : undefined;
    this.addClass('jp-PyPerf');
  }

  /** @param data from a message or a notebook: anything. */
  setData(data: unknown): void {
    this.#content = readOutput(data);
    this.#draw();
  }

  /** Only now can the notebook be known. It comes again whenever the output is scrolled to. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.#panel) return;
    const { notebooks, pyperf } = this.#context;
    this.#panel = notebooks?.find(panel => panel.node.contains(this.node));
    this.#profiles = this.#panel && pyperf?.notebook(this.#panel);
    this.#profiles?.changed.connect(this.#onChanged);
    if (this.#panel) this.#draw();
  }

  override dispose(): void {
    this.#profiles?.changed.disconnect(this.#onChanged);
    super.dispose();
  }

  #draw(): void {
    if (this.#content) this.render(<ErrorBoundary>{this.#view(this.#content)}</ErrorBoundary>);
  }

  #view(content: OutputContent): ReactElement {
    if ('problem' in content) return <Problem sentence={content.problem} />;
    const { report, cell } = content;
    const shared = {
      report,
      onOpenLine: this.#panel && this.#openLine,
      highlight: this.#highlight,
    };
    if (report.cells.length > 1) return <RunView {...shared} />;
    return (
      <InlineView
        {...shared}
        cell={cell}
        previous={this.#previous(cell.cell)}
        isStale={this.#isStale(cell.cell)}
      />
    );
  }

  /** This output's own figures may have reached the model by now, or not yet. */
  #previous({ cellId, startedAt }: Cell): Cell | undefined {
    if (cellId === null) return undefined;
    const known = [this.#profiles?.cell(cellId), this.#profiles?.before(cellId)];
    return known
      .map(profile => profile?.cells[0])
      .find(cell => cell && Date.parse(cell.startedAt) < Date.parse(startedAt));
  }

  #isStale({ cellId, startedAt }: Cell): boolean {
    if (cellId === null || !this.#profiles?.isStale(cellId)) return false;
    return this.#profiles.cell(cellId)?.cells[0]?.startedAt === startedAt;
  }

  readonly #onChanged = (_: INotebookProfiles, cellId: string): void => {
    const content = this.#content;
    if (content && 'cell' in content && content.cell.cell.cellId === cellId) this.#draw();
  };

  readonly #openLine: OpenLine = (source, cell) => {
    const content = this.#content;
    if (!this.#panel || !content || !('report' in content)) return;
    const notebookFile = content.report.profile.notebook.path;
    const { documents } = this.#context;
    void openLine(source, cell, { panel: this.#panel, documents, notebookFile });
  };
}
