/** How far a run is, and how it ended. Pure: what happened and the time go in, figures come out. */
import type { PlannedCell } from './plan.ts';

/** `aborted`: the kernel did not begin it, because a cell before failed. */
export type CellEnd = 'ok' | 'error' | 'aborted';

export interface RunState {
  readonly cells: readonly PlannedCell[];
  readonly ended: ReadonlyMap<string, CellEnd>;
  /** How long cells took before, in milliseconds. */
  readonly earlierMs: ReadonlyMap<string, number>;
  readonly startedAtMs: number;
  /** When the cell began that runs now. */
  readonly cellStartedAtMs: number;
}

export interface Progress {
  /** Of the running cell, counted from 1. */
  readonly position: number;
  readonly count: number;
  /** Null when none is left. */
  readonly cell: PlannedCell | null;
  readonly elapsedMs: number;
  /** Null unless it is known how long every cell took that is left. */
  readonly leftMs: number | null;
}

/** Cells run in the order of the notebook: the first that has not ended is the one that runs. */
export function progressOf(state: RunState, nowMs: number): Progress {
  const left = state.cells.filter(({ id }) => !state.ended.has(id));
  const cell = left[0] ?? null;
  return {
    position: Math.min(state.cells.length - left.length + 1, state.cells.length),
    count: state.cells.length,
    cell,
    elapsedMs: Math.max(0, nowMs - state.startedAtMs),
    leftMs: leftMs(left, state, nowMs),
  };
}

function leftMs(left: readonly PlannedCell[], state: RunState, nowMs: number): number | null {
  let sum = 0;
  for (const [i, { id }] of left.entries()) {
    const earlier = state.earlierMs.get(id);
    if (earlier === undefined) return null;
    const spent = i === 0 ? nowMs - state.cellStartedAtMs : 0;
    sum += Math.max(0, earlier - spent);
  }
  return left.length > 0 ? sum : null;
}

/** `interrupted`: the kernel died, was restarted or was changed, or cells never came to their turn. */
export type Outcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly cell: PlannedCell }
  | { readonly kind: 'cancelled' | 'interrupted' };

/** @param mayFail ids of cells whose error does not stop a run: those tagged `raises-exception`. */
export function outcomeOf(
  state: Pick<RunState, 'cells' | 'ended'>,
  { cancelled, mayFail }: { readonly cancelled: boolean; readonly mayFail: ReadonlySet<string> },
): Outcome {
  if (cancelled) return { kind: 'cancelled' };
  const failed = state.cells.find(({ id }) => state.ended.get(id) === 'error' && !mayFail.has(id));
  if (failed) return { kind: 'failed', cell: failed };
  const isComplete = state.cells.every(({ id }) => {
    const end = state.ended.get(id);
    return end !== undefined && end !== 'aborted';
  });
  return { kind: isComplete ? 'completed' : 'interrupted' };
}
