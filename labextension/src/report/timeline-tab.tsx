/** The run's timeline, to zoom into. Plotly is loaded when this is opened. */
import { useCallback, useMemo, useState } from 'react';
import { formatMs } from '../../../src/render/format.ts';
import type { Report } from '../../../src/report/index.ts';
import { Chart, type ChartTheme } from '../charts/index.ts';
import type { RunTimeline } from './run-timeline.ts';
import { timelineFigure, timelineRows } from './timeline-figure.ts';

const ROW_PX = 130;
const MARGIN_PX = 50;

export function TimelineTab({ report, timeline }: { report: Report; timeline: RunTimeline }) {
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const rows = useMemo(() => timelineRows(timeline), [timeline]);
  const figure = useCallback(
    (theme: ChartTheme) => timelineFigure(report, timeline, range, theme),
    [report, timeline, range],
  );
  if (rows === 0) {
    return <p className="jp-PyPerf-muted">The cells were too short to be followed over time.</p>;
  }
  return (
    <>
      <p className="jp-PyPerf-muted">
        Cells laid end to end; the pauses between them are left out. Drag to zoom, double-click to
        see the whole.{' '}
        {range && (
          <button type="button" className="jp-PyPerf-link" onClick={() => setRange(null)}>
            Show the whole run
          </button>
        )}
      </p>
      <Chart
        figure={figure}
        heightPx={rows * ROW_PX + MARGIN_PX}
        label={`Memory, CPU and I/O over ${formatMs(timeline.durationMs)}, by cell. The cells' figures are in the table of cells.`}
        onZoom={setRange}
      />
    </>
  );
}
