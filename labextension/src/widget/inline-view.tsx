/** The summary as a button, and below it, when it is open, the report. */
import { useId, useState } from 'react';
import { CellView, type CellViewProps } from '../views/cell-view.tsx';
import { Summary } from '../views/summary.tsx';
import { rememberOpenState, openState } from './open-state.ts';

export interface InlineViewProps extends Omit<CellViewProps, 'tab' | 'onTab'> {
  /** The cell's code has been edited since. */
  readonly isStale: boolean;
}

export function InlineView(props: InlineViewProps) {
  const { cellId } = props.cell.cell;
  const [state, setState] = useState(() => openState(cellId));
  const id = useId();
  const change = (next: typeof state) => {
    setState(next);
    rememberOpenState(cellId, next);
  };
  return (
    <section className="jp-PyPerf-inline" aria-label="PyPerf" data-open={state.open}>
      <button
        type="button"
        className="jp-PyPerf-summary"
        aria-expanded={state.open}
        aria-controls={id}
        onClick={() => change({ ...state, open: !state.open })}
      >
        <span className="jp-PyPerf-chevron" aria-hidden="true" />
        <Summary report={props.cell} isStale={props.isStale} />
      </button>
      <div id={id} hidden={!state.open}>
        {state.open && (
          <CellView {...props} tab={state.tab} onTab={tab => change({ ...state, tab })} />
        )}
      </div>
    </section>
  );
}
