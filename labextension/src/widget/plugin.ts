/**
 * Shows our outputs: the summary under a profiled cell, from a running kernel or a saved notebook, trusted or not.
 * This file is loaded with JupyterLab, so it holds next to nothing; `inline.ts` comes with the first notebook of ours.
 */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IPyPerf, MIME_TYPE } from '../model/model.ts';
import { IPyPerfSettings } from '../settings/settings.ts';
import { loadInline, ProfileOutput, type OutputContext } from './output.ts';

/** Before text/html, which is there for those without us. */
const RANK = 0;

export const widgetPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-pyperf:widget',
  description: 'Shows the figures of profiled cells.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [INotebookTracker, IPyPerf, IDocumentManager, IEditorLanguageRegistry, IPyPerfSettings],
  activate: (
    _app,
    rendermime: IRenderMimeRegistry,
    notebooks: INotebookTracker | null,
    pyperf: IPyPerf | null,
    documents: IDocumentManager | null,
    languages: IEditorLanguageRegistry | null,
    settings: IPyPerfSettings | null,
  ) => {
    const context: OutputContext = { notebooks, pyperf, documents, languages, settings };
    rendermime.addFactory(
      // Data reaches the page as text only, so an untrusted notebook may show it.
      { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new ProfileOutput(context) },
      RANK,
    );
    notebooks?.widgetAdded.connect((_, panel) => preload(panel, pyperf));
  },
};

/** A summary shall not wait for its code: it comes when the hook answers. Saved outputs ask for it themselves. */
function preload(panel: NotebookPanel, pyperf: IPyPerf | null): void {
  const profiles = pyperf?.notebook(panel);
  const load = () => {
    if (profiles?.hook === 'connected') loadInline().catch(() => undefined);
  };
  profiles?.hookChanged.connect(load);
  load();
}
