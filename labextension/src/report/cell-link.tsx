/** A cell's number and name; where the notebook is open, a button that goes to it. */
import { useContext, type ReactNode } from 'react';
import type { Cell, Source } from '../../../src/profile/index.ts';
import { formatSource } from '../../../src/render/format.ts';
import { cellName, cellNumber, cellTitle, statusWords } from '../../../src/render/words.ts';
import type { CellReport, Report } from '../../../src/report/index.ts';
import { ActionsContext } from './actions.ts';

export function CellLink({ cell }: { cell: CellReport }) {
  const status = statusWords(cell);
  return (
    <>
      <GoTo cell={cell.cell}>
        <span className="jp-PyPerf-cellNumber">{cellNumber(cell)}</span>{' '}
        {cellTitle(cell) ? <bdi>{cellName(cell)}</bdi> : <code>{cellName(cell)}</code>}
      </GoTo>
      {status && (
        <span className="jp-PyPerf-cellStatus" title={status}>
          {status}
        </span>
      )}
    </>
  );
}

/** `[15]:8` goes to the line; a line of a file is told only. */
export function SourceLink({ source, report }: { source: Source; report: Report }) {
  const cell = 'file' in source ? undefined : cellOf(report, source.executionCount);
  const where = <code>{formatSource(source)}</code>;
  if (!cell) return <span title={'file' in source ? source.file : undefined}>{where}</span>;
  return (
    <GoTo cell={cell} line={source.line}>
      {where}
    </GoTo>
  );
}

/** The last with that number: a restart sets the count back. */
const cellOf = ({ profile }: Report, executionCount: number): Cell | undefined =>
  profile.cells.findLast(cell => cell.executionCount === executionCount);

function GoTo(props: { cell: Cell; line?: number; children: ReactNode }) {
  const { cell, line, children } = props;
  const { goTo } = useContext(ActionsContext);
  if (!goTo || cell.cellId === null) return <span>{children}</span>;
  return (
    <button
      type="button"
      className="jp-PyPerf-link"
      title={line === undefined ? 'Go to this cell' : 'Go to this line'}
      onClick={event => {
        event.stopPropagation();
        goTo(cell, line);
      }}
    >
      {children}
    </button>
  );
}
