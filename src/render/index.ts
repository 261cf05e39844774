/** Every way to write a report, by the name that `--format` and the export menu use. */
import { renderCsv } from './csv.ts';
import { renderHtmlPage } from './html-page/page.tsx';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import type { Renderer } from './renderer.ts';
import { renderSpeedscope } from './speedscope.ts';
import { renderText } from './text.ts';

export { renderHtmlFragment } from './html-fragment/fragment.tsx';
export { findHottestLine, summaryFacts, summaryLine } from './summary-line.ts';
export type { Renderer } from './renderer.ts';
export * from './format.ts';

export type Format = 'json' | 'csv' | 'md' | 'html' | 'txt' | 'speedscope';

export const renderers: Readonly<Record<Format, Renderer>> = {
  json: {
    name: 'JSON',
    extension: 'pyperf.json',
    mimeType: 'application/json',
    render: renderJson,
  },
  csv: { name: 'CSV', extension: 'csv', mimeType: 'text/csv', render: renderCsv },
  md: { name: 'Markdown', extension: 'md', mimeType: 'text/markdown', render: renderMarkdown },
  html: { name: 'Web page', extension: 'html', mimeType: 'text/html', render: renderHtmlPage },
  speedscope: {
    name: 'speedscope',
    extension: 'speedscope.json',
    mimeType: 'application/json',
    render: renderSpeedscope,
  },
  txt: { name: 'Text', extension: 'txt', mimeType: 'text/plain', render: renderText },
};
