/**
 * tslab cancels what is queued behind a failed cell, and whatever comes within 200 ms: somebody who runs the next cell
 * at once loses it. Jupyter's own kernels cancel only what was already sent.
 */
export interface TaskQueue {
  reset(delayMs?: number): void;
}

/** Enough for messages that have arrived to be read, and less than a client takes to answer. */
const CANCEL_FOR_MS = 1;

/** Changes one queue, once. */
export function shortenCancelling(queue: TaskQueue): void {
  if (Object.hasOwn(queue, 'reset')) return;
  const reset = queue.reset.bind(queue);
  let timer: NodeJS.Timeout | undefined;
  // A reset that came while a later cell runs would let the one after it start beside it.
  queue.reset = delayMs => {
    clearTimeout(timer);
    if (delayMs === undefined) return reset();
    timer = setTimeout(() => reset(), Math.min(delayMs, CANCEL_FOR_MS));
  };
}
