/** @jsxImportSource preact */
/** One cell: its facts, its code with heat, its timeline, its call tree and what it held and touched. */
import type { CellReport, Report } from '../../report/index.ts';
import { Flame } from '../charts/flame.tsx';
import { ORIGIN_COLOURS, ORIGIN_NAMES } from '../charts/palette.ts';
import { formatMs, NOT_MEASURED, plain } from '../format.ts';
import { ComparedCell } from '../comparison/html.tsx';
import { summaryParts } from '../summary-line.ts';
import { cellName, cellNumber, cellTitle, methodWords } from '../words.ts';
import { LineTable } from './line-table.tsx';
import { anchor } from './overview.tsx';
import { Key } from './parts.tsx';
import { Files, Processes, Variables } from './resources.tsx';
import { Timeline } from './timeline.tsx';
import { Containers, LockWaits, Queries, Requests } from './traffic.tsx';

/** A shorter wait in the queue is the protocol's own. */
const WORTH_TELLING_MS = 100;

export function CellSection(props: { report: CellReport; open: boolean }) {
  const { report, open } = props;
  const { cell } = report;
  const id = anchor(report);
  const notes = [cell.sampling.note, cell.memory.note, cell.io.note, cell.tracingNote].flatMap(
    n => n ?? [],
  );
  return (
    <details class="cell" id={id} open={open}>
      <summary>
        <h3>
          Cell {cellNumber(report)}{' '}
          {cellTitle(report) ? <bdi>{cellTitle(report)}</bdi> : <code>{cellName(report)}</code>}
        </h3>{' '}
        <span class="muted">{formatMs(cell.wallTimeMs)}</span>
      </summary>
      <p>{summaryParts(report).join(' · ')}</p>
      {cell.queuedMs >= WORTH_TELLING_MS && (
        <p class="muted">Waited {formatMs(cell.queuedMs)} in the queue before it ran.</p>
      )}
      {!report.hasStacks && (
        <p class="muted">
          Lines and functions: {NOT_MEASURED}
          {cell.sampling.note ? ` (${plain(cell.sampling.note)})` : ''}
        </p>
      )}
      <LineTable report={report} />
      <Timeline report={report} id={id} />
      <CallTree report={report} id={id} />
      <Variables variables={cell.variables} />
      <Containers containers={cell.containers ?? []} />
      <Files files={cell.io.files} />
      <Queries queries={cell.queries} />
      <Requests requests={report.requests} />
      <LockWaits waits={cell.lockWaits ?? []} />
      <Processes processes={cell.processes} />
      {report.comparison && <ComparedCell comparison={report.comparison} />}
      <p class="muted">
        Measured: {methodWords(report)}.{notes.map(note => ` ${plain(note)}`)}
      </p>
    </details>
  );
}

function CallTree({ report: { cell }, id }: { report: CellReport; id: string }) {
  if (cell.functions.length === 0) return null;
  const origins = new Set(cell.functions.map(node => node.origin));
  return (
    <>
      <h4>Functions</h4>
      <div class="scroll">
        <Flame functions={cell.functions} id={`${id}-tree`} />
      </div>
      <Key
        items={[...origins].map(origin => ({
          name: ORIGIN_NAMES[origin],
          colour: ORIGIN_COLOURS[origin],
        }))}
      />
    </>
  );
}

/** How many cells stand open at first: those that a reader came for. */
const OPEN_CELLS = 3;

export function CellSections({ report }: { report: Report }) {
  const open = new Set(report.ranking.time.slice(0, OPEN_CELLS).map(({ cell }) => cell));
  return (
    <section>
      <h2>{report.cells.length === 1 ? 'The cell' : 'Cells in the order in which they ran'}</h2>
      {report.cells.map((cell, i) => (
        <CellSection key={i} report={cell} open={open.has(i)} />
      ))}
    </section>
  );
}
