/** The renderer that JupyterLab's registry makes for each output: a frame that fetches its content when it is needed. */
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PanelLayout, Widget } from '@lumino/widgets';
import { MIME_TYPE, type IPyPerf } from '../model/model.ts';
import type { IPyPerfSettings } from '../settings/settings.ts';
import type { InlineWidget } from './inline.tsx';

/** What an output may use of JupyterLab, where it is there. */
export interface OutputContext {
  readonly notebooks: INotebookTracker | null;
  readonly pyperf: IPyPerf | null;
  readonly documents: IDocumentManager | null;
  readonly languages: IEditorLanguageRegistry | null;
  readonly settings: IPyPerfSettings | null;
}

export const loadInline = () => import('./inline.tsx');

export class ProfileOutput extends Widget implements IRenderMime.IRenderer {
  readonly #context: OutputContext;
  #inline: InlineWidget | undefined;

  constructor(context: OutputContext) {
    super();
    this.#context = context;
    this.addClass('jp-PyPerf-output');
    this.layout = new PanelLayout();
  }

  /** Runs before the widget is attached, and again when the output is updated. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { InlineWidget } = await loadInline();
    if (this.isDisposed) return;
    if (!this.#inline) {
      this.#inline = new InlineWidget(this.#context);
      (this.layout as PanelLayout).addWidget(this.#inline);
    }
    this.#inline.setData(model.data[MIME_TYPE]);
  }
}
