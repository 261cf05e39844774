/** @jsxImportSource preact */
/** Findings with their advice and code, and what was asked of databases and endpoints, as part of a cell's output. */
import type { Report } from '../../report/index.ts';
import { plain, plainCode } from '../format.ts';
import { reportSections } from '../sections/index.ts';
import { isWebAddress, savesWords, whereWords } from '../finding-words.ts';
import { Details, MUTED } from './parts.tsx';

const TOP = 6;
const EXAMPLE_LINES = 12;

export function Findings({ report: { findings } }: { report: Report }) {
  return (
    <>
      {findings.slice(0, TOP).map((finding, i) => (
        <div key={i} style={{ padding: '2px 8px', borderLeft: '3px solid #d55e00' }}>
          <strong>{plain(finding.title, 120)}</strong> {whereWords(finding)}.{' '}
          {plain(finding.advice, 300)}
          {savesWords(finding)}{' '}
          {finding.docsUrl !== undefined && isWebAddress(finding.docsUrl) && (
            <a href={finding.docsUrl} target="_blank" rel="noreferrer noopener">
              Read more
            </a>
          )}
          {finding.example !== undefined && <Example example={finding.example} />}
        </div>
      ))}
    </>
  );
}

function Example({ example }: { example: string }) {
  const lines = example.replace(/\s+$/, '').split('\n').slice(0, EXAMPLE_LINES);
  return (
    <pre style={{ margin: '4px 0', padding: '0' }}>
      {lines.map(line => plainCode(line, 160)).join('\n')}
    </pre>
  );
}

/** Files, endpoints, databases, locks: the sentences of the summary. */
export const Traffic = ({ report }: { report: Report }) => (
  <>
    {reportSections(report).map(({ heading, sentences }) => (
      <Details key={heading} title={heading}>
        {sentences.map((sentence, i) => (
          <div key={i} style={MUTED}>
            {sentence}
          </div>
        ))}
      </Details>
    ))}
  </>
);
