/** Keeps a run from outside the report, and says so only when it fails: a run is kept after each "Profile notebook". */
import { Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { INotebookProfiles } from '../model/model.ts';
import { KeptRuns } from './kept-runs.ts';

/** The hook's figures follow the end of a cell. */
const QUIET_MS = 700;

export async function keepRun(
  profiles: INotebookProfiles,
  contents: Contents.IManager,
): Promise<void> {
  await quiet(profiles);
  const profile = profiles.run();
  if (!profile || profiles.panel.isDisposed) return;
  try {
    await new KeptRuns(contents, profiles.panel.context.path).keep(profile);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.warning(`The run is not kept for comparison. ${reason}`, { autoClose: 8000 });
  }
}

/** Until no more figures come. */
function quiet({ changed }: INotebookProfiles): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      changed.disconnect(again);
      resolve();
    };
    let timer = setTimeout(done, QUIET_MS);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(done, QUIET_MS);
    };
    changed.connect(again);
  });
}
