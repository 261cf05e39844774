/** What a kernel's state says of the cells that it was asked to run. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { INotebookProfiles } from '../model/model.ts';

/** Cells whose end is not told are waited for no longer once the kernel has had nothing to do for this long. */
export const IDLE_MS = 5_000;

/** With a cell, or with anything else that it was asked for or starts with. */
export const isBusy = ({ sessionContext }: NotebookPanel, profiles: INotebookProfiles): boolean =>
  profiles.isCellRunning || sessionContext.session?.kernel?.status !== 'idle';

/** States in which a kernel has forgotten what it was asked. */
const GONE = ['dead', 'restarting', 'autorestarting', 'terminating'];

export const isGone = ({ kernelDisplayStatus }: ISessionContext): boolean =>
  GONE.includes(kernelDisplayStatus);

/** For a page that has heard of its kernel: one that was loaded while a cell runs knows no state until that ends. */
export const isLost = (context: ISessionContext): boolean =>
  isGone(context) || context.kernelDisplayStatus === 'unknown';
