/** What was found, with advice and the figures that it rests on. */
import type { Cell, Finding, Source } from '../../../src/profile/index.ts';
import { evidenceParts } from '../../../src/render/finding-words.ts';
import { plain } from '../../../src/render/format.ts';
import { FindingBody } from './finding-body.tsx';
import type { OpenLine } from './lines/lines-view.tsx';
import { SourceLink } from './source-link.tsx';

export interface FindingsViewProps {
  readonly findings: readonly Finding[];
  /** In whose report they stand, for going to lines. */
  readonly cell: Cell;
  readonly onOpenLine?: OpenLine | undefined;
}

export const FindingsView = ({ findings, cell, onOpenLine }: FindingsViewProps) => (
  <ul className="jp-PyPerf-findings">
    {findings.map((finding, i) => (
      <li key={i} data-severity={finding.severity}>
        <FindingItem
          finding={finding}
          onOpen={onOpenLine && ((source: Source) => onOpenLine(source, cell))}
        />
      </li>
    ))}
  </ul>
);

function FindingItem(props: { finding: Finding; onOpen?: ((source: Source) => void) | undefined }) {
  const { finding, onOpen } = props;
  const evidence = evidenceParts(finding.evidence);
  return (
    <>
      <p>
        <span className="jp-PyPerf-severity">{SEVERITY[finding.severity]}</span>{' '}
        <strong>{plain(finding.title, 200)}</strong>{' '}
        {finding.where.map((source, i) => (
          <span key={i}>
            <SourceLink source={source} onOpen={onOpen} />{' '}
          </span>
        ))}
      </p>
      <FindingBody finding={finding} />
      {evidence.length > 0 && <p className="jp-PyPerf-muted">{evidence.join(' · ')}</p>}
    </>
  );
}

export const SEVERITY: Readonly<Record<Finding['severity'], string>> = {
  info: 'Hint',
  warning: 'Warning',
  critical: 'Costly',
};
