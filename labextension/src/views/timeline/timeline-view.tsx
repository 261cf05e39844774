/** CPU, memory and I/O on one axis of time. */
import { useCallback, useMemo, useState } from 'react';
import { formatMs } from '../../../../src/render/format.ts';
import { patternWords } from '../../../../src/render/memory-words.ts';
import type { CellReport } from '../../../../src/report/index.ts';
import { Chart, type ChartTheme } from '../../charts/index.ts';
import { ToolButton } from '../tool-button.tsx';
import { moved, zoomed, type TimeRange } from './time-axis.ts';
import { timelineFigure } from './timeline-figure.ts';
import { TimelineTable } from './timeline-table.tsx';
import { hotLineAt } from './hot-line.ts';
import { tracksOf } from './tracks.ts';

const TRACK_PX = 92;
const AXIS_PX = 42;

export function TimelineView({ report }: { report: CellReport }) {
  const { cell } = report;
  const { tMs } = cell.memory.series;
  const durationMs = Math.max(cell.wallTimeMs, tMs.at(-1) ?? 0);
  const whole = useMemo<TimeRange>(() => [0, durationMs], [durationMs]);
  const lineAt = useMemo(() => hotLineAt(cell), [cell]);
  const [range, setRange] = useState<TimeRange>(whole);
  const [asTable, setAsTable] = useState(false);
  const tracks = useMemo(() => tracksOf(report), [report]);
  const figure = useCallback(
    (theme: ChartTheme) => timelineFigure(tracks, tMs, durationMs, range, theme, lineAt),
    [tracks, tMs, durationMs, range, lineAt],
  );
  const isWhole = range[0] <= whole[0] && range[1] >= whole[1];
  const pattern = report.memoryPattern;
  return (
    <>
      <div className="jp-PyPerf-toolbar" role="toolbar" aria-label="Timeline">
        <ToolButton
          disabled={asTable}
          name="Zoom in"
          onClick={() => setRange(zoomed(range, 0.5, durationMs))}
        />
        <ToolButton
          disabled={asTable || isWhole}
          name="Zoom out"
          onClick={() => setRange(zoomed(range, 2, durationMs))}
        />
        <ToolButton
          disabled={asTable || isWhole}
          name="Earlier"
          onClick={() => setRange(moved(range, -0.5, durationMs))}
        />
        <ToolButton
          disabled={asTable || isWhole}
          name="Later"
          onClick={() => setRange(moved(range, 0.5, durationMs))}
        />
        <ToolButton
          disabled={asTable || isWhole}
          name="Reset zoom"
          onClick={() => setRange(whole)}
        />
        <ToolButton name={asTable ? 'Chart' : 'Table'} onClick={() => setAsTable(!asTable)} />
        <span className="jp-PyPerf-muted">
          {isWhole
            ? `0 to ${formatMs(durationMs)}`
            : `${formatMs(range[0])} to ${formatMs(range[1])}`}
          {pattern && `; memory: ${patternWords(pattern, null)}`}
        </span>
      </div>
      {asTable ? (
        <TimelineTable tracks={tracks} tMs={tMs} lineAt={lineAt} />
      ) : (
        <Chart
          figure={figure}
          heightPx={tracks.length * TRACK_PX + AXIS_PX}
          label={`${tracks.map(track => track.title).join(', ')} over ${formatMs(durationMs)}`}
          onZoom={to => setRange(to ?? whole)}
        />
      )}
    </>
  );
}
