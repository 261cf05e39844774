/** How long a cell took and when, from what is known of it: the hook's figures, else the dates of its messages. */
import type { CellStatus, Profile } from '../../../src/profile/index.ts';

export interface CellTiming {
  readonly startedMs: number;
  readonly durationMs: number;
  /** Between the request and the start; null where nobody knows. */
  readonly queuedMs: number | null;
  readonly status: CellStatus;
  /** Null when memory was not measured. */
  readonly peakRssBytes: number | null;
}

/** A cell that runs, of which nothing more is known than since when. */
export interface RunningCell {
  readonly startedMs: number;
}

export function fromProfile(profile: Profile | undefined): CellTiming | null {
  const cell = profile?.cells[0];
  if (!cell || cell.status === 'running') return null;
  return {
    startedMs: Date.parse(cell.startedAt),
    durationMs: cell.wallTimeMs,
    queuedMs: cell.queuedMs,
    status: cell.status,
    peakRssBytes: cell.memory.peakMethod === 'unavailable' ? null : cell.memory.peakRssBytes,
  };
}

/**
 * What JupyterLab keeps in a cell's metadata when its setting `recordTiming` is on.
 * @param metadata anything: it comes from a file.
 */
export function fromMetadata(metadata: unknown): CellTiming | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const dates = metadata as Readonly<Record<string, unknown>>;
  const first = (...names: readonly string[]): number | null => {
    for (const name of names) {
      const date = dates[name];
      const ms = typeof date === 'string' ? Date.parse(date) : NaN;
      if (Number.isFinite(ms)) return ms;
    }
    return null;
  };
  const startedMs = first(
    'iopub.execute_input',
    'shell.execute_reply.started',
    'iopub.status.busy',
  );
  const failedMs = first('execution_failed');
  const endedMs = failedMs ?? first('shell.execute_reply', 'iopub.status.idle');
  if (startedMs === null || endedMs === null || endedMs < startedMs) return null;
  return {
    startedMs,
    durationMs: endedMs - startedMs,
    queuedMs: null,
    status: failedMs === null ? 'ok' : 'aborted',
    peakRssBytes: null,
  };
}

/** Two sources tell the start of one run this far apart, at most. */
const SAME_RUN_MS = 1000;

/**
 * Whether `other` tells of a later run than `measured`: by a kernel without the hook, after one with it. Of the same run
 * the hook's figures are the exact ones.
 */
export const isLater = (other: CellTiming, measured: CellTiming): boolean =>
  other.startedMs > measured.startedMs + measured.durationMs + SAME_RUN_MS;
