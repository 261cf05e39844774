/** Waits for the hook around a notebook's kernel. */
import type { HookState, INotebookProfiles } from '../model/model.ts';

/** While a kernel changes, the old one's absence may be told once more before the new one's hook answers. */
const ABSENT_GRACE_MS = 5_000;

/**
 * Waits until it is known whether there is a hook.
 * @returns `connecting` when it is not known in time: a busy kernel without a hook does not answer.
 */
export function hookKnown(profiles: INotebookProfiles, withinMs: number): Promise<HookState> {
  return until(profiles, state => state !== 'connecting', withinMs);
}

/** Waits for the hook of a kernel that starts. @returns whether it answered in time. */
export async function hookConnected(
  profiles: INotebookProfiles,
  withinMs: number,
): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const leftMs = deadlineMs - performance.now();
    const state = await hookKnown(profiles, leftMs);
    if (state !== 'absent') return state === 'connected';
    const graceMs = Math.min(ABSENT_GRACE_MS, leftMs);
    if ((await until(profiles, now => now !== 'absent', graceMs)) === 'absent') return false;
  }
}

function until(
  profiles: INotebookProfiles,
  isEnough: (state: HookState) => boolean,
  withinMs: number,
): Promise<HookState> {
  if (isEnough(profiles.hook) || withinMs <= 0) return Promise.resolve(profiles.hook);
  return new Promise(resolve => {
    const finish = (): void => {
      clearTimeout(timer);
      profiles.hookChanged.disconnect(look);
      resolve(profiles.hook);
    };
    const look = (): void => {
      if (isEnough(profiles.hook)) finish();
    };
    const timer = setTimeout(finish, withinMs);
    profiles.hookChanged.connect(look);
  });
}
