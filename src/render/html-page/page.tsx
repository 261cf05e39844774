/** @jsxImportSource preact */
/** The report as one page that needs nothing else: no script, no network, good on paper. */
import { renderToString } from 'preact-render-to-string';
import type { Report } from '../../report/index.ts';
import { baseName, formatTimestamp, plain } from '../format.ts';
import { headerParts } from '../text.ts';
import { allNotes } from '../words.ts';
import { CellSections } from './cell-section.tsx';
import { Document } from './document.tsx';
import { Findings, Sections } from './findings.tsx';
import { CellRanking, MemoryOfRun, RunFacts } from './overview.tsx';
import { HotSpots } from './resources.tsx';

export function renderHtmlPage(report: Report): string {
  const { notebook, environment } = report.profile;
  const name = notebook.path === null ? 'Notebook' : baseName(notebook.path);
  return `<!doctype html>\n${renderToString(
    <Document title={`${name} - PyPerf report`} version={environment.pyperfVersion}>
      <Body report={report} name={name} />
    </Document>,
  )}\n`;
}

function Body({ report, name }: { report: Report; name: string }) {
  const { environment, startedAt } = report.profile;
  const notes = allNotes(report.profile);
  const about = headerParts(report).filter(part => part !== name);
  return (
    <main>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p class="muted">{[...about, formatTimestamp(startedAt)].join(' · ')}</p>
      <RunFacts report={report} />
      <Findings findings={report.findings} />
      <CellRanking report={report} />
      <HotSpots report={report} />
      <MemoryOfRun report={report} />
      <Sections report={report} />
      <CellSections report={report} />
      <section>
        <h2>How this was measured</h2>
        <p>
          {plain(environment.os)}, {environment.cpuCount} cores, PyPerf{' '}
          {plain(environment.pyperfVersion)}, Node {plain(environment.nodeVersion)}. Each cell names
          its own methods above. Shares of lines and functions come from samples, so small ones are
          rough.
        </p>
        {notes.length > 0 && (
          <ul>
            {notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </section>
    </main>
  );
}
