/** The report of a notebook or of a file: head, run at a glance, and a tab for each question. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Format } from '../../../src/render/index.ts';
import type { Report } from '../../../src/report/index.ts';
import { Problem } from '../views/error-boundary.tsx';
import { Tabs, type Tab } from '../views/tabs.tsx';
import { AboutTab } from './about-tab.tsx';
import { ActionsContext } from './actions.ts';
import { CellsTab } from './cells-tab.tsx';
import { emptyHint } from './empty-hint.ts';
import { ExportMenu, type ExportTarget } from './export-menu.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { HotTab } from './hot-tab.tsx';
import { KeptRuns } from './kept-runs.ts';
import { OverviewChart } from './overview-chart.tsx';
import { exportReport, goToIn, type Message } from './report-actions.ts';
import { ReportHead } from './report-head.tsx';
import type { ReportServices } from './report-services.ts';
import type { ReportSource } from './report-source.ts';
import { IoTab, MemoryTab } from './resource-tabs.tsx';
import { joinRun, type RunTimeline } from './run-timeline.ts';
import { RunsTab } from './runs-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';
import { useReport } from './use-report.ts';
import { useWide } from './use-wide.ts';

export interface ReportViewProps {
  readonly source: ReportSource;
  readonly services: ReportServices;
  readonly isVisible: boolean;
}

export function ReportView({ source, services, isVisible }: ReportViewProps) {
  const { report, problem } = useReport(source, isVisible);
  const [message, setMessage] = useState<Message | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const isWide = useWide(root);
  const store = useMemo(
    () => (source.keepsRuns ? new KeptRuns(services.contents, source.path) : null),
    [source, source.path, services],
  );
  const actions = useMemo(
    () => ({ goTo: goToIn(source, services, setMessage) }),
    [source, services],
  );

  const tell = (work: Promise<string>) =>
    work.then(
      text => setMessage({ text, isProblem: false }),
      (error: unknown) => setMessage({ text: messageOf(error), isProblem: true }),
    );
  const keep = () => {
    if (!report || !store) return;
    void tell(store.keep(report.profile).then(name => `Kept as ${store.pathOf(name)}.`));
  };
  const onExport = (format: Format, target: ExportTarget) => {
    if (report) void tell(exportReport(report, format, target, source, services));
  };

  return (
    <ActionsContext.Provider value={actions}>
      <div ref={root} className="jp-PyPerf jp-PyPerf-report" data-wide={isWide || undefined}>
        {problem && <Problem sentence={problem} />}
        {!report && !problem && <p className="jp-PyPerf-empty">{emptyHint(source.hook)}</p>}
        {report && (
          <>
            <ReportHead report={report} path={source.path}>
              {store && (
                <button type="button" className="jp-PyPerf-button" onClick={keep}>
                  Keep this run
                </button>
              )}
              <ExportMenu onExport={onExport} />
            </ReportHead>
            <p
              className="jp-PyPerf-message"
              role="status"
              data-problem={message?.isProblem || undefined}
            >
              {message?.text}
            </p>
            <Body {...{ report, isWide, store, services }} />
          </>
        )}
      </div>
    </ActionsContext.Provider>
  );
}

interface BodyProps {
  readonly report: Report;
  readonly isWide: boolean;
  readonly store: KeptRuns | null;
  readonly services: ReportServices;
}

function Body({ report, isWide, store, services }: BodyProps) {
  const [tab, setTab] = useState('cells');
  const timeline = useMemo(() => joinRun(report.profile), [report]);
  const onOpen = useCallback(
    (path: string) => void services.commands.execute('docmanager:open', { path }),
    [services],
  );
  return (
    <>
      <OverviewChart report={report} timeline={timeline} />
      <Tabs
        label="Report"
        tabs={[
          ...tabsOf(report, timeline, isWide),
          ...(store
            ? [
                {
                  id: 'runs',
                  title: 'Runs',
                  render: () => <RunsTab {...{ report, store, onOpen }} />,
                },
              ]
            : []),
          { id: 'about', title: 'How measured', render: () => <AboutTab report={report} /> },
        ]}
        chosen={tab}
        onChoose={setTab}
      />
    </>
  );
}

/** Tabs without data are absent. */
function tabsOf(report: Report, timeline: RunTimeline, isWide: boolean): Tab[] {
  const { findings, run, files, queries, requests, lockWaits, memory } = report;
  const tabs: (Tab & { readonly isThere?: boolean })[] = [
    { id: 'cells', title: 'Cells', render: () => <CellsTab {...{ report, isWide }} /> },
    {
      id: 'findings',
      title: 'Findings',
      count: findings.length,
      isThere: findings.length > 0,
      render: () => <FindingsTab report={report} />,
    },
    { id: 'timeline', title: 'Timeline', render: () => <TimelineTab {...{ report, timeline }} /> },
    {
      id: 'hot',
      title: 'Lines and functions',
      isThere: run.time !== null,
      render: () => <HotTab {...{ report, isWide }} />,
    },
    {
      id: 'memory',
      title: 'Memory',
      isThere: memory.pattern !== null || memory.consumers.length + memory.containers.length > 0,
      render: () => <MemoryTab report={report} />,
    },
    {
      id: 'io',
      title: queries.length + requests.length > 0 ? 'Files and queries' : 'Files',
      isThere: files.length + queries.length + requests.length + lockWaits.length > 0,
      render: () => <IoTab report={report} />,
    },
  ];
  return tabs.filter(({ isThere }) => isThere !== false);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
