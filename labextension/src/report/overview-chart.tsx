/** The run at a glance, without plotly: memory against time, a band for each cell. */
import { useContext, useMemo } from 'react';
import { formatBytes, formatMs, formatRoundShare } from '../../../src/render/format.ts';
import { cellName, cellNumber } from '../../../src/render/words.ts';
import type { CellReport, Report } from '../../../src/report/index.ts';
import { ActionsContext } from './actions.ts';
import { areaPath } from './overview-path.ts';
import type { CellBand, RunTimeline } from './run-timeline.ts';

const BOX = { width: 1000, height: 60 } as const;
/** Narrower bands are no band but a line. */
const MIN_BAND_SHARE = 0.001;
const MIN_NAMED_SHARE = 0.05;

export function OverviewChart({ report, timeline }: { report: Report; timeline: RunTimeline }) {
  const { goTo } = useContext(ActionsContext);
  const { durationMs, bands, rssBytes } = timeline;
  const max = useMemo(() => rssBytes.reduce<number>((a, b) => Math.max(a, b ?? 0), 0), [rssBytes]);
  const path = useMemo(() => areaPath(rssBytes, max, BOX), [rssBytes, max]);
  if (durationMs <= 0) return null;
  const shareOf = (band: CellBand) => (band.endMs - band.startMs) / durationMs;
  const x = (ms: number) => (ms / durationMs) * BOX.width;
  const drawn = bands.flatMap(band => {
    const cell = report.cells[band.cell];
    return cell && shareOf(band) >= MIN_BAND_SHARE ? [{ band, cell }] : [];
  });
  return (
    <figure className="jp-PyPerf-overview">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label(report, durationMs, max)}
      >
        {drawn.map(({ band, cell }, i) => (
          <rect
            key={band.cell}
            className="jp-PyPerf-band"
            data-odd={i % 2 === 1 || undefined}
            data-clickable={goTo && cell.cell.cellId !== null ? true : undefined}
            x={x(band.startMs)}
            width={x(band.endMs) - x(band.startMs)}
            y={0}
            height={BOX.height}
            onClick={() => goTo?.(cell.cell)}
          >
            <title>{bandWords(cell)}</title>
          </rect>
        ))}
        <path className="jp-PyPerf-overviewMemory" d={path} />
      </svg>
      <div className="jp-PyPerf-bandNames" aria-hidden="true">
        {drawn
          .filter(({ band }) => shareOf(band) >= MIN_NAMED_SHARE)
          .map(({ band, cell }) => (
            <span
              key={band.cell}
              style={{
                left: `${(band.startMs / durationMs) * 100}%`,
                width: `${shareOf(band) * 100}%`,
              }}
            >
              {cellNumber(cell)}
            </span>
          ))}
      </div>
      <figcaption className="jp-PyPerf-muted">
        <span>{max > 0 ? `Memory, up to ${formatBytes(max)}` : 'Memory not measured'}</span>
        <span>{formatMs(durationMs)}</span>
      </figcaption>
    </figure>
  );
}

const bandWords = (cell: CellReport) =>
  `${cellNumber(cell)} ${cellName(cell)}: ${formatMs(cell.cell.wallTimeMs)}, ${formatRoundShare(cell.shareOfRun)}`;

function label(report: Report, durationMs: number, max: number): string {
  const longest = report.cells[report.ranking.time[0]?.cell ?? -1];
  const memory = max > 0 ? `Memory over ${formatMs(durationMs)}, at most ${formatBytes(max)}.` : '';
  return `${memory} ${longest ? `Longest cell: ${bandWords(longest)}.` : ''}`.trim();
}
