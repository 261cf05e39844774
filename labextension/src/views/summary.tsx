/** A cell in one line: the first thing that paints, so no chart library and no state of its own. */
import type { ReactNode } from 'react';
import { formatRoundShare, formatSource, plain } from '../../../src/render/format.ts';
import {
  findHottestLine,
  summaryFacts,
  type SummaryFact,
} from '../../../src/render/summary-line.ts';
import { cellTitle } from '../../../src/render/words.ts';
import type { CellReport } from '../../../src/report/index.ts';
import { Spark } from './spark.tsx';

export function Summary({ report, isStale }: { report: CellReport; isStale?: boolean }) {
  const title = cellTitle(report, 40);
  return (
    <span className="jp-PyPerf-facts">
      {title && <strong className="jp-PyPerf-cellTitle">{title}</strong>}
      {summaryFacts(report).map((fact, i) => (
        <Fact key={i} fact={fact} report={report} />
      ))}
      {isStale && <em className="jp-PyPerf-muted">the code was edited since</em>}
    </span>
  );
}

function Fact({ fact, report }: { fact: SummaryFact; report: CellReport }) {
  return (
    <span className="jp-PyPerf-fact" data-kind={fact.kind}>
      {fact.label && <span className="jp-PyPerf-muted">{fact.label} </span>}
      {fact.kind === 'hottest' ? <Hottest report={report} /> : <span>{fact.value}</span>}
      {spark(fact.kind, report)}
    </span>
  );
}

function Hottest({ report }: { report: CellReport }) {
  const line = findHottestLine(report);
  if (!line) return null;
  return (
    <>
      <span>{formatSource(line.source)} </span>
      {line.text !== undefined && <code>{plain(line.text, 80)}</code>}
      <span> {formatRoundShare(line.share)}</span>
    </>
  );
}

function spark(kind: SummaryFact['kind'], { cell, cpu, memory }: CellReport): ReactNode {
  const { series } = cell.memory;
  if (kind === 'cpu' && cpu.value !== null)
    return <Spark kind="cpu" tMs={series.tMs} values={series.cpuCores} />;
  if (kind === 'memory' && memory.value !== null)
    return <Spark kind="memory" tMs={series.tMs} values={series.rssBytes} />;
  return null;
}
