/** Writes a report in any format: as a download of the browser, or as a file on the server. Loaded at the first export. */
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import { renderers, type Format } from '../../../src/render/index.ts';
import type { Report } from '../../../src/report/index.ts';
import { exportName, freeName } from './export-names.ts';
import { reasonOf, ServerFolder } from './server-folder.ts';

/** `analysis` of `work/analysis.ipynb` and of `analysis.pyperf.json`. */
const stemOf = (path: string) =>
  PathExt.basename(path).replace(/(\.pyperf\.json|\.[^.]*)$/, '') || 'notebook';

/** @returns the file's name. */
export function download(report: Report, format: Format, path: string): string {
  const { extension, mimeType, render } = renderers[format];
  const name = exportName(stemOf(path), extension);
  const url = URL.createObjectURL(new Blob([render(report)], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

/** Beside the notebook, over no file that is there. @returns the file's path. @throws Error with a sentence. */
export async function saveBeside(
  report: Report,
  format: Format,
  path: string,
  contents: Contents.IManager,
): Promise<string> {
  const { extension, render } = renderers[format];
  const folder = new ServerFolder(contents, path);
  try {
    const taken = new Set((await folder.list()).map(file => file.name));
    const name = freeName(stemOf(contents.localPath(path)), extension, taken);
    await folder.write(name, render(report));
    return folder.pathOf(name);
  } catch (error) {
    throw new Error(`PyPerf could not write to ${folder.name}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
