import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/** Waits for something that announces itself to nobody. @throws with `complaint` when it has not come in time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  complaint: string | (() => string),
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(
        `after ${withinMs} ms: ${typeof complaint === 'string' ? complaint : complaint()}`,
      );
    await sleep(POLL_MS);
  }
}
