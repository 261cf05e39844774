/** The files of a finished run: the executed notebook and its reports. */
import { join } from 'node:path';
import { renderers, type Format } from '../../render/index.ts';
import type { Report } from '../../report/index.ts';
import { formatNotebook, type NotebookFile } from '../notebook/file.ts';
import type { Target } from './targets.ts';
import { writeAtomically } from '../files/write.ts';

/**
 * The notebook first: it is what took the time.
 * @param report undefined when no cell was measured.
 * @returns the files' names.
 * @throws CliError
 */
export function writeResults(
  target: Target,
  file: NotebookFile,
  report: Report | undefined,
  formats: readonly Format[],
): string[] {
  const texts: (readonly [name: string, text: string])[] = [
    [`${target.stem}.ipynb`, formatNotebook(file)],
  ];
  if (report)
    for (const format of new Set(formats)) {
      const { extension, render } = renderers[format];
      texts.push([`${target.stem}.${extension}`, render(report)]);
    }
  for (const [name, text] of texts) writeAtomically(join(target.outDir, name), text);
  return texts.map(([name]) => name);
}
