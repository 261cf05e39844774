/** The content of an output: a summary that opens into the report of its cell. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ReactElement } from 'react';
import { ErrorBoundary, Problem } from '../views/error-boundary.tsx';
import type { OpenLine } from '../views/lines-view.tsx';
import { addStyles } from '../views/styles.ts';
import type { Highlight } from '../views/tokens.ts';
import { highlighter } from './highlight.ts';
import { InlineView } from './inline-view.tsx';
import { KeptReactWidget } from './kept-react-widget.ts';
import { openLine } from './open-line.ts';
import { beginWith } from './open-state.ts';
import type { OutputContext } from './output.ts';
import { readOutput, type OutputContent } from './read-output.ts';

export class InlineWidget extends KeptReactWidget {
  readonly #context: OutputContext;
  readonly #highlight: Highlight | undefined;
  #content: OutputContent | undefined;

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
    this.render(<ErrorBoundary>{this.#view(this.#content)}</ErrorBoundary>);
  }

  #view(content: OutputContent): ReactElement {
    if ('problem' in content) return <Problem sentence={content.problem} />;
    return (
      <InlineView
        report={content.report}
        cell={content.cell}
        onOpenLine={this.#openLine}
        highlight={this.#highlight}
      />
    );
  }

  readonly #openLine: OpenLine = (source, cell) => {
    const panel = this.#panel();
    const content = this.#content;
    if (!panel || !content || !('report' in content)) return;
    const notebookFile = content.report.profile.notebook.path;
    void openLine(source, cell, { panel, documents: this.#context.documents, notebookFile });
  };

  #panel(): NotebookPanel | undefined {
    return this.#context.notebooks?.find(panel => panel.node.contains(this.node));
  }
}
