/** What the report is about, and the run in six figures. */
import type { ReactNode } from 'react';
import { formatTimestamp, plain } from '../../../src/render/format.ts';
import { runFacts } from '../../../src/render/run-facts.ts';
import { languageName } from '../../../src/render/words.ts';
import type { Report } from '../../../src/report/index.ts';

export function ReportHead(props: { report: Report; path: string; children: ReactNode }) {
  const { report, path, children } = props;
  const name = plain(path.split('/').at(-1) ?? path);
  const { notebook, startedAt } = report.profile;
  const about = [
    `${languageName(notebook.language)} ${plain(notebook.languageVersion)}`,
    formatTimestamp(startedAt),
  ];
  return (
    <header className="jp-PyPerf-head">
      <div className="jp-PyPerf-headLine">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <div className="jp-PyPerf-actions">{children}</div>
      </div>
      <p className="jp-PyPerf-muted">{about.join(' · ')}</p>
      <dl className="jp-PyPerf-totals">
        {runFacts(report).map(({ name: fact, value, detail }) => (
          <div key={fact}>
            <dt>{fact}</dt>
            <dd>
              {value}
              {detail && <small>{detail}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
