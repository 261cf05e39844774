/** Every way to write a comparison of two runs, by the name that `--format` uses. */
import type { ComparisonReport } from '../../report/index.ts';
import { renderComparisonCsv } from './csv.ts';
import { renderComparisonHtml } from './html.tsx';
import { renderComparisonJson } from './json.ts';
import { renderComparisonMarkdown } from './markdown.ts';
import { renderComparisonText } from './text.ts';

export type ComparisonFormat = 'text' | 'md' | 'html' | 'json' | 'csv';

export const comparisonRenderers: Readonly<
  Record<ComparisonFormat, (report: ComparisonReport) => string>
> = {
  text: renderComparisonText,
  md: renderComparisonMarkdown,
  html: renderComparisonHtml,
  json: renderComparisonJson,
  csv: renderComparisonCsv,
};
