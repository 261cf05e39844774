/** @jsxImportSource preact */
/** What was found, with advice, the code that follows it, and where to read more. */
import type { Finding } from '../../profile/index.ts';
import type { Report } from '../../report/index.ts';
import { plain, plainCode } from '../format.ts';
import { reportSections } from '../sections/index.ts';
import { evidenceParts, isWebAddress, savesWords, whereWords } from '../finding-words.ts';

export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>Findings</h2>
      {findings.map((finding, i) => (
        <FindingCard key={i} finding={finding} />
      ))}
    </section>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const { docsUrl, example } = finding;
  const evidence = evidenceParts(finding.evidence);
  return (
    <div class="finding">
      <strong>{plain(finding.title)}</strong>{' '}
      <span class="muted">
        {finding.severity}
        {finding.where.length > 0 && `, ${whereWords(finding)}`}
      </span>
      <p>
        {plain(finding.advice)}
        {savesWords(finding)}
      </p>
      {evidence.length > 0 && <p class="muted">{evidence.join(' · ')}</p>}
      {example !== undefined && (
        <pre class="scroll">
          <code>{exampleText(example)}</code>
        </pre>
      )}
      {docsUrl !== undefined && (
        <p>
          {isWebAddress(docsUrl) ? (
            <a href={docsUrl} rel="noreferrer noopener">
              {plain(docsUrl)}
            </a>
          ) : (
            plain(docsUrl)
          )}
        </p>
      )}
    </div>
  );
}

export const exampleText = (example: string): string =>
  example
    .replace(/\s+$/, '')
    .split('\n')
    .map(line => plainCode(line))
    .join('\n');

/** Input and output, endpoints, databases, concurrency: as the classic summary tells them. */
export const Sections = ({ report }: { report: Report }) => (
  <>
    {reportSections(report).map(({ heading, sentences }) => (
      <section key={heading}>
        <h2>{heading}</h2>
        <ul>
          {sentences.map((sentence, i) => (
            <li key={i}>{sentence}</li>
          ))}
        </ul>
      </section>
    ))}
  </>
);
