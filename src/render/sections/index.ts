/** Sections of the classic summary that every form of the report has. Without sentences there is nothing to say. */
import type { Report } from '../../report/index.ts';
import { concurrencySentences } from './concurrency.ts';
import { databaseSentences } from './database.ts';
import { endpointSentences } from './endpoints.ts';
import { ioSentences } from './io.ts';
import { repeatSentences } from './repeats.ts';

export interface Section {
  readonly heading: string;
  readonly sentences: readonly string[];
}

export const reportSections = (report: Report): Section[] =>
  [
    { heading: 'I/O Profiling Results', sentences: ioSentences(report) },
    { heading: 'Endpoint Performance (Avg Response Time)', sentences: endpointSentences(report) },
    { heading: 'Database Profiling Results', sentences: databaseSentences(report) },
    { heading: 'Concurrency Analysis', sentences: concurrencySentences(report) },
    { heading: 'Repeated Runs', sentences: repeatSentences(report) },
  ].filter(({ sentences }) => sentences.length > 0);
