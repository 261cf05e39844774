/** Every way to write a report, by the name that `--format` and the export menu use. */
import { renderCsv } from './csv.ts';
import { renderJson } from './json.ts';
import type { Renderer } from './renderer.ts';
import { renderText } from './text.ts';

export { summaryLine } from './summary-line.ts';
export type { Renderer } from './renderer.ts';
export * from './format.ts';

export type Format = 'json' | 'csv' | 'txt';

export const renderers: Readonly<Record<Format, Renderer>> = {
  json: {
    name: 'JSON',
    extension: 'pyperf.json',
    mimeType: 'application/json',
    render: renderJson,
  },
  csv: { name: 'CSV', extension: 'csv', mimeType: 'text/csv', render: renderCsv },
  txt: { name: 'Text', extension: 'txt', mimeType: 'text/plain', render: renderText },
};
