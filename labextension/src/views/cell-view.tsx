/** A cell's report, opened: tabs for what there is, and how it was measured. */
import { useMemo } from 'react';
import type { Cell, Finding } from '../../../src/profile/index.ts';
import { compareWithEarlier, type CellReport, type Report } from '../../../src/report/index.ts';
import { CompareView } from './compare-view.tsx';
import { FindingsView } from './findings-view.tsx';
import { FunctionsView } from './functions/functions-view.tsx';
import { hasIo, IoView } from './io-view.tsx';
import { LinesView, type OpenLine } from './lines/lines-view.tsx';
import { hasMemory, MemoryView } from './memory-view.tsx';
import { Notes } from './notes.tsx';
import { Tabs, type Tab } from './tabs.tsx';
import { hasTimeline } from './timeline/tracks.ts';
import { TimelineView } from './timeline/timeline-view.tsx';
import type { Highlight } from './lines/tokens.ts';

export interface CellViewProps {
  /** Of this cell alone, or of a run with it. */
  readonly report: Report;
  readonly cell: CellReport;
  readonly tab: string;
  readonly onTab: (id: string) => void;
  readonly onOpenLine?: OpenLine | undefined;
  readonly highlight?: Highlight | undefined;
  /** The run of this cell before this one. */
  readonly previous?: Cell | undefined;
}

export function CellView(props: CellViewProps) {
  const { tab, onTab } = props;
  const tabs = useMemo(() => tabsOf(props), Object.values(props));
  return (
    <div className="jp-PyPerf-cellView">
      <Tabs label="Report of the cell" tabs={tabs} chosen={tab} onChoose={onTab} />
      <Notes report={props.cell} />
    </div>
  );
}

/** What there is nothing to tell of has no tab. */
function tabsOf(props: CellViewProps): Tab[] {
  const { report, cell, onOpenLine, highlight, previous } = props;
  const { language } = report.profile.notebook;
  const findings = findingsOf(report, cell);
  const optional: (Tab | false)[] = [
    {
      id: 'lines',
      title: 'Lines',
      render: () => <LinesView {...{ report: cell, language, onOpenLine, highlight }} />,
    },
    hasTimeline(cell) && {
      id: 'timeline',
      title: 'Timeline',
      render: () => <TimelineView report={cell} />,
    },
    cell.cell.functions.length > 0 && {
      id: 'functions',
      title: 'Functions',
      render: () => <FunctionsView {...{ report: cell, onOpenLine }} />,
    },
    hasMemory(cell) && {
      id: 'memory',
      title: 'Memory',
      render: () => <MemoryView {...{ report: cell, onOpenLine }} />,
    },
    hasIo(cell) && {
      id: 'io',
      title: ioTitle(cell),
      render: () => <IoView {...{ report: cell, onOpenLine }} />,
    },
    findings.length > 0 && {
      id: 'findings',
      title: 'Findings',
      count: findings.length,
      render: () => <FindingsView {...{ findings, cell: cell.cell, onOpenLine }} />,
    },
    (cell.comparison !== null || previous !== undefined) && {
      id: 'compare',
      title: 'Compare',
      render: () => (
        <>
          {cell.comparison && <CompareView comparison={cell.comparison} />}
          {previous && <CompareView comparison={compareWithEarlier(previous, cell.cell)} />}
        </>
      ),
    },
  ];
  return optional.filter(tab => tab !== false);
}

function ioTitle({ cell }: CellReport): string {
  if (cell.queries.length > 0) return 'I/O and queries';
  return (cell.requests?.length ?? 0) > 0 ? 'I/O and requests' : 'I/O';
}

/** Those of a run that are about this cell; of a cell alone, all. */
function findingsOf({ findings, cells }: Report, { cell }: CellReport): readonly Finding[] {
  if (cells.length === 1) return findings;
  return findings.filter(({ where }) =>
    where.some(
      source => 'executionCount' in source && source.executionCount === cell.executionCount,
    ),
  );
}
