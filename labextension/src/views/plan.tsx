/** What a database says of a statement, and the indexes that would save it reading whole tables. */
import type { QueryPlan } from '../../../src/profile/index.ts';
import { plain, plainCode } from '../../../src/render/format.ts';

export function Plan({ statement, plan }: { statement: string; plan: QueryPlan }) {
  const indexes = plan.scans.flatMap(scan => scan.createIndex ?? []);
  return (
    <details className="jp-PyPerf-plan">
      <summary>
        Plan of <code>{plain(statement, 80)}</code>
      </summary>
      <pre tabIndex={0} aria-label="Plan">
        {plan.text
          .split('\n')
          .map(line => plainCode(line, 400))
          .join('\n')}
      </pre>
      {indexes.map(createIndex => (
        <p key={createIndex}>
          An index would save reading the whole table: <code>{plain(createIndex, 300)}</code>
        </p>
      ))}
    </details>
  );
}
