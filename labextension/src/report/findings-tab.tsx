/** What the report advises, worst first as the profile has it. */
import type { Finding } from '../../../src/profile/index.ts';
import { plain, withoutStop } from '../../../src/render/format.ts';
import type { Report } from '../../../src/report/index.ts';
import { FindingBody } from '../views/finding-body.tsx';
import { SEVERITY } from '../views/findings-view.tsx';
import { SourceLink } from './cell-link.tsx';

export function FindingsTab({ report }: { report: Report }) {
  return (
    <ol className="jp-PyPerf-runFindings">
      {report.findings.map((finding, i) => (
        <FindingItem key={i} finding={finding} report={report} />
      ))}
    </ol>
  );
}

function FindingItem({ finding, report }: { finding: Finding; report: Report }) {
  return (
    <li data-severity={finding.severity}>
      <p>
        <strong>{withoutStop(plain(finding.title))}</strong>{' '}
        <span className="jp-PyPerf-runSeverity">{SEVERITY[finding.severity]}</span>
        {finding.where.map((source, i) => (
          <span key={i}>
            {' '}
            <SourceLink source={source} report={report} />
          </span>
        ))}
      </p>
      <FindingBody finding={finding} />
    </li>
  );
}
