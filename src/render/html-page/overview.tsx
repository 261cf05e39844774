/** @jsxImportSource preact */
/** The run as a whole: facts, findings, cells ranked, memory across the run. */
import type { CellReport, Report } from '../../report/index.ts';
import { MEMORY_COLOUR } from '../charts/palette.ts';
import { formatBytes, formatMeasured, formatMs, formatShare, plain } from '../format.ts';
import { containerWords, patternWords } from '../memory-words.ts';
import { causeWords, cellName, cellNumber, cellTitle, statusWords } from '../words.ts';
import { runFacts } from '../run-facts.ts';
import { Bar, Facts, Key, Table, timeParts } from './parts.tsx';
import { Chart, maxOf } from './timeline.tsx';

const TOP_CONTAINERS = 5;

export const RunFacts = ({ report }: { report: Report }) => <Facts facts={runFacts(report)} />;

/** Dearest first. */
export function CellRanking({ report }: { report: Report }) {
  const { cells, ranking, run } = report;
  if (cells.length < 2) return null;
  const ranked = ranking.time.flatMap(({ cell }) => cells[cell] ?? []);
  const longest = ranked[0]?.cell.wallTimeMs ?? 0;
  const highest = run.peakRssBytes.value ?? 0;
  const parts = ranked.map(cell => timeParts(cell, longest));
  const colours = new Map(parts.flat().map(({ name, colour }) => [name, colour]));
  return (
    <section>
      <h2>Cells by time</h2>
      <Table
        caption="Each with its share of the run"
        rows={ranked}
        columns={[
          { name: 'Cell', cell: cell => <CellLink cell={cell} /> },
          { name: 'Time', number: true, cell: ({ cell }) => formatMs(cell.wallTimeMs) },
          { name: 'Share', number: true, cell: cell => formatShare(cell.shareOfRun) },
          {
            name: 'Time went to',
            cell: cell => (
              <>
                <Bar parts={timeParts(cell, longest)} />
                {cell.cause && <span class="muted">{causeWords(cell.cause)}</span>}
              </>
            ),
          },
          {
            name: 'Peak memory',
            number: true,
            cell: ({ memory }) => (
              <span class="beside">
                {formatMeasured(memory, m => formatBytes(m.peakRssBytes))}
                {memory.value && highest > 0 && (
                  <Bar
                    parts={[
                      {
                        name: 'peak',
                        share: memory.value.peakRssBytes / highest,
                        colour: MEMORY_COLOUR,
                      },
                    ]}
                  />
                )}
              </span>
            ),
          },
        ]}
      />
      <Key items={[...colours].map(([name, colour]) => ({ name, colour }))} />
    </section>
  );
}

function CellLink({ cell }: { cell: CellReport }) {
  const status = statusWords(cell);
  const name = cellName(cell);
  return (
    <>
      <a href={`#${anchor(cell)}`}>{cellNumber(cell)}</a>{' '}
      {cellTitle(cell) ? <bdi>{name}</bdi> : <code>{name}</code>}
      {status && <span class="bad"> {status}</span>}
    </>
  );
}

export const anchor = ({ cell }: CellReport) => `cell-${cell.index}`;

/** Memory across the whole run, the pauses between cells left out. */
export function MemoryOfRun({ report }: { report: Report }) {
  const { memory, cells, run } = report;
  if (cells.length < 2 || memory.line.tMs.length < 2) return null;
  const cell = memory.patternCell === null ? undefined : cells[memory.patternCell];
  const where = cell ? (cellTitle(cell) ?? `cell ${cellNumber(cell)}`) : null;
  return (
    <section>
      <h2>Memory across the run</h2>
      {memory.pattern && (
        <p>
          Pattern: {patternWords(memory.pattern, where)}
          {memory.leakSuspects.length > 0 &&
            ` (leak suspected: ${memory.leakSuspects.map(name => plain(name, 60)).join(', ')})`}
          .
        </p>
      )}
      {memory.containers.length > 0 && (
        <ul>
          {memory.containers.slice(0, TOP_CONTAINERS).map(container => (
            <li key={container.path}>{containerWords(container)}</li>
          ))}
        </ul>
      )}
      <Chart
        id="run-memory"
        name="Memory"
        tMs={memory.line.tMs}
        values={memory.line.rssBytes}
        durationMs={run.wallTimeMs}
        max={maxOf(memory.line.rssBytes)}
        colour={MEMORY_COLOUR}
        shape="line"
        format={formatBytes}
      />
    </section>
  );
}
