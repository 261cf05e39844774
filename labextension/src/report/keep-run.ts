/** Keeps a run from outside the report, and says so only when it fails: a run is kept after each "Profile notebook". */
import { Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { Profile } from '../../../src/profile/index.ts';
import { KeptRuns } from './kept-runs.ts';

export async function keepRun(
  profile: Profile,
  path: string,
  contents: Contents.IManager,
): Promise<void> {
  try {
    await new KeptRuns(contents, path).keep(profile);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.warning(`The run is not kept for comparison. ${reason}`, { autoClose: 8000 });
  }
}
