/** The report of a file. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { PathExt } from '@jupyterlab/coreutils';
import { parseProfileText, type Profile } from '../../../src/profile/index.ts';
import type { ReportSource } from '../report/report-source.ts';

export function fileSource(context: DocumentRegistry.Context): ReportSource {
  const { model } = context;
  let read: { readonly text: string; readonly profile: Profile } | null = null;
  return {
    get path() {
      return context.path;
    },
    profile: () => {
      const text = model.toString();
      if (read?.text !== text) {
        read = { text, profile: parseProfileText(text, PathExt.basename(context.localPath)) };
      }
      return read.profile;
    },
    changed: model.contentChanged,
    panel: null,
    keepsRuns: false,
    hook: null,
  };
}
