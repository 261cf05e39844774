/** A cell's report, opened: tabs for what there is, and how it was measured. */
import { useMemo } from 'react';
import type { Cell } from '../../../src/profile/index.ts';
import type { CellReport, Report } from '../../../src/report/index.ts';
import { LinesView, type OpenLine } from './lines-view.tsx';
import { Notes } from './notes.tsx';
import { Tabs, type Tab } from './tabs.tsx';
import type { Highlight } from './tokens.ts';

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

function tabsOf(props: CellViewProps): Tab[] {
  const { report, cell, onOpenLine, highlight } = props;
  const { language } = report.profile.notebook;
  return [
    {
      id: 'lines',
      title: 'Lines',
      render: () => <LinesView {...{ report: cell, language, onOpenLine, highlight }} />,
    },
  ];
}
