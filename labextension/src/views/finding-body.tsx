/** The advice of a finding: what to do, the code that does it, to copy, and where to read more. */
import { useEffect, useState } from 'react';
import type { Finding } from '../../../src/profile/index.ts';
import { plain, plainCode } from '../../../src/render/format.ts';
import { isWebAddress, savesWords } from '../../../src/render/finding-words.ts';
import { ToolButton } from './tool-button.tsx';

const MAX_ADVICE = 600;
/** What was copied is said for this long. */
const SAID_MS = 2000;

export function FindingBody({ finding }: { finding: Finding }) {
  const { example, docsUrl } = finding;
  return (
    <>
      <p>
        {plain(finding.advice, MAX_ADVICE)}
        {savesWords(finding)}
      </p>
      {example !== undefined && <Example code={example.replace(/\s+$/, '')} />}
      {docsUrl !== undefined && isWebAddress(docsUrl) && (
        <p>
          <a
            className="jp-PyPerf-docs"
            href={docsUrl}
            target="_blank"
            rel="noreferrer noopener"
            title={plain(docsUrl)}
          >
            Read more at {hostOf(docsUrl)}
          </a>
        </p>
      )}
    </>
  );
}

const hostOf = (url: string): string => plain(new URL(url).hostname, 60);

/** Shown with hostile characters by number, copied as it is. */
function Example({ code }: { code: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    // A page without https has no clipboard.
    const copied = navigator.clipboard?.writeText(code) ?? Promise.reject(new Error('none'));
    copied.then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow it'),
    );
  };
  return (
    <div className="jp-PyPerf-example">
      <pre tabIndex={0} aria-label="Example">
        <code>
          <bdi>
            {code
              .split('\n')
              .map(line => plainCode(line, 400))
              .join('\n')}
          </bdi>
        </code>
      </pre>
      <div className="jp-PyPerf-exampleBar">
        <ToolButton name="Copy" onClick={copy} />
        <span role="status">{said}</span>
      </div>
    </div>
  );
}
