/** What the progress bar says. Pure. */
import { formatRoundMs } from '../../../src/render/format.ts';
import type { Outcome, Progress } from './progress.ts';

/** `Profiling cell 3 of 12`, and its name beside. */
export function cellWords(progress: Progress | null): {
  readonly where: string;
  readonly name: string;
} {
  if (!progress) return { where: 'Starting the kernel', name: '' };
  const { position, count, cell } = progress;
  if (!cell) return { where: 'Finishing', name: '' };
  return { where: `Profiling cell ${position} of ${count}`, name: cell.name };
}

/** `12 s · about 30 s left`. */
export function timeWords({ elapsedMs, leftMs }: Progress): string {
  const elapsed = formatRoundMs(elapsedMs);
  // The last moments of a guess are none: a cell that takes longer than before would stay at 0 s.
  return leftMs === null || leftMs < 1000
    ? elapsed
    : `${elapsed} · about ${formatRoundMs(leftMs)} left`;
}

/** How a run ended that did not complete. */
export function outcomeWords(
  outcome: Exclude<Outcome, { kind: 'completed' }>,
  elapsedMs: number,
): string {
  const after = `after ${formatRoundMs(elapsedMs)}`;
  switch (outcome.kind) {
    case 'failed':
      return `Profiling stopped at an error ${after}${outcome.cell.name ? `: ${outcome.cell.name}` : ''}`;
    case 'cancelled':
      return `Profiling was cancelled ${after}`;
    case 'interrupted':
      return `The kernel stopped before all cells had run, ${after}`;
  }
}
