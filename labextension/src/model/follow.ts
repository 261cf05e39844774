/** Keeps the figures of a notebook up to date: from its hook, from its saved outputs, and as its cells are edited. */
import type { ISessionContext } from '@jupyterlab/apputils';
import { parseProfile } from '../../../src/profile/parse.ts';
import type { Profile } from '../../../src/profile/index.ts';
import { HookLink } from '../hook/hook-link.ts';
import { pollLive } from '../hook/live-poll.ts';
import type { FromHook } from '../hook/messages.ts';
import { watchCells } from './cells-watch.ts';
import type { ProfileWish } from './model.ts';
import type { NotebookProfiles } from './notebook-profiles.ts';
import { recall } from './recall.ts';
import { SavedFigures } from './saved-figures.ts';

/** @returns how wishes reach the hook. */
export async function follow(
  profiles: NotebookProfiles,
): Promise<(wish: ProfileWish) => Promise<void>> {
  const { panel } = profiles;
  await panel.context.ready;
  const link = linkOf(panel.sessionContext);
  if (panel.isDisposed || !panel.model) return wish => link.wish(wish);

  const saved = new SavedFigures(parseProfile, profile => profiles.add(profile));
  watchCells(panel.model.cells, {
    came: cell => saved.readCell(cell),
    gone: cellId => profiles.forget(cellId),
    edited: ({ id, sharedModel }) => profiles.edited(id, sharedModel.getSource()),
    cleared: cellId => {
      const startedAt = profiles.cell(cellId)?.cells[0]?.startedAt;
      if (startedAt !== undefined) link.say({ type: 'forget', cellId, startedAt });
      profiles.forget(cellId);
    },
    gotOutput: (cell, output) => saved.readOutput(cell, output),
    reordered: () => profiles.reordered(),
  });

  const hear = (_: HookLink, said: FromHook): void => {
    if (panel.isDisposed) return;
    if (said.type === 'hello') profiles.startedRun = said.run;
    if (said.type !== 'cell' && said.type !== 'figures' && said.type !== 'live') return;
    const profile = said.profile === null ? undefined : checked(said.profile);
    if (said.type === 'live') {
      // A look that came to nothing says nothing against the one before.
      if (!profile && said.isRunning) return;
      const cellId = profile?.cells[0]?.cellId;
      const isOurs = [...(panel.model?.cells ?? [])].some(({ id }) => id === cellId);
      profiles.live = profile && isOurs ? profile : null;
      return;
    }
    if (profile) profiles.add(profile);
    // A cell that is over is live no longer, whatever the last look said.
    if (said.type === 'cell') profiles.live = null;
  };
  link.heard.connect(hear);
  recall(link, profiles);
  const stateChanged = (): void => {
    profiles.hook = link.state;
    if (link.state !== 'connected') profiles.live = null;
  };
  link.stateChanged.connect(stateChanged);
  const runningChanged = (): void => {
    profiles.isCellRunning = link.running.any;
  };
  link.running.changed.connect(runningChanged);
  panel.disposed.connect(() => {
    link.heard.disconnect(hear);
    link.stateChanged.disconnect(stateChanged);
    link.running.changed.disconnect(runningChanged);
  });
  stateChanged();
  runningChanged();
  return wish => link.wish(wish);
}

function checked(json: unknown): Profile | undefined {
  try {
    return parseProfile(json);
  } catch {
    return undefined; // of a hook that is newer than this page
  }
}

/** Views of one notebook share its kernel, and the way to it. */
const links = new WeakMap<ISessionContext, HookLink>();

function linkOf(context: ISessionContext): HookLink {
  let link = links.get(context);
  if (!link) {
    link = new HookLink(context);
    links.set(context, link);
    pollLive(context, link);
  }
  return link;
}
