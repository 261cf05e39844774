/**
 * tslab cancels what is queued behind a failed cell, and whatever comes within 200 ms: somebody who runs the next cell
 * at once loses it. Jupyter's own kernels cancel only what was already sent.
 */
export interface TaskQueue {
  reset(delayMs?: number): void;
}

/** Changes one queue, once. */
export function shortenCancelling(queue: TaskQueue): void {
  if (Object.hasOwn(queue, 'reset')) return;
  const reset = queue.reset.bind(queue);
  let turn: NodeJS.Immediate | undefined;
  // A reset that came while a later cell runs would let the one after it start beside it.
  queue.reset = delayMs => {
    clearImmediate(turn);
    if (delayMs === undefined) return reset();
    // In the first turn of the loop all that has arrived is read, and answered; nobody can have answered to that yet.
    turn = setImmediate(() => (turn = setImmediate(() => reset())));
  };
}
