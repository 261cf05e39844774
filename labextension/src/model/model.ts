/**
 * What the parts of the extension share: one object that knows the figures of every open notebook and speaks with its
 * kernel's hook. A part is a plugin in its own folder that requires `IPyPerf`.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Profile } from '../../../src/profile/index.ts';

export const MIME_TYPE = 'application/vnd.pyperf.v1+json';
export const PLUGIN_ID = 'jupyterlab-pyperf:plugin';

export const IPyPerf = new Token<IPyPerf>(
  'jupyterlab-pyperf:IPyPerf',
  'Figures of the cells of open notebooks, and the way to the hook around their kernels.',
);

export interface IPyPerf {
  /** Of an open notebook; made at first sight, disposed of with the panel. */
  notebook(panel: NotebookPanel): INotebookProfiles;
}

/** `absent`: a kernel without the hook, or none. */
export type HookState = 'connecting' | 'absent' | 'connected';

/** What one notebook's cells took. Cells are named by their id in the notebook. */
export interface INotebookProfiles {
  readonly panel: NotebookPanel;

  readonly hook: HookState;
  readonly hookChanged: ISignal<INotebookProfiles, HookState>;

  /** The newest figures of a cell: a profile of it alone. Always validated. */
  cell(cellId: string): Profile | undefined;
  /** Those of the run before the newest, where this page saw both. */
  before(cellId: string): Profile | undefined;
  /** Its newest figures are those of code that has been edited since. */
  isStale(cellId: string): boolean;
  /** Of earlier runs of the cell in this session, newest first, in milliseconds; without the newest one. */
  earlierMs(cellId: string): readonly number[];
  /** Emits the id of a cell whose figures came, went, or went stale. */
  readonly changed: ISignal<INotebookProfiles, string>;
  /** Takes figures that came some other way than from the hook: from an output of the saved notebook. */
  add(profile: Profile): void;

  /** The cell that runs, as far as it was measured, 1 to 2 times a second; null when none runs. */
  readonly live: Profile | null;
  readonly liveChanged: ISignal<INotebookProfiles, void>;

  /** A cell runs in the kernel, as far as this page was told; `kernel.status` also tells of other requests. */
  readonly isCellRunning: boolean;

  /** A run of the whole notebook that another page began, or this one before a reload, and whose end none has seen. */
  readonly startedRun: StartedRun | null;
  readonly startedRunChanged: ISignal<INotebookProfiles, StartedRun | null>;

  /** All cells with figures, in the order of the notebook; null when there are none. */
  run(): Profile | null;

  /**
   * From the next request on: which cells are profiled with lines, and whether their summaries become outputs.
   * @throws Error when there is no hook.
   */
  profileNext(wish: ProfileWish): Promise<void>;
}

export interface StartedRun {
  /** By the hook's clock, as figures are dated. */
  readonly startedAt: string;
  /** Until this page heard of it. */
  readonly elapsedMs: number;
  /** Ids, in the order in which they run. */
  readonly cells: readonly string[];
}

export interface ProfileWish {
  /** `magic`: only cells that ask for it themselves, as in the beginning. */
  readonly scope: 'all' | 'listed' | 'magic';
  /** Places and labels for the report; with scope `listed` also the choice. */
  readonly cells: readonly {
    readonly id: string;
    readonly index: number;
    readonly label?: string;
  }[];
  /** The summary becomes an output of the cell, as with `%%pyperf`. */
  readonly show: boolean;
  /** Samples a second; absent: adapts to the length of the cell. */
  readonly rateHz?: number;
  /** Names the run of the whole notebook that it is made for; pages that come meanwhile hear of it. */
  readonly run?: string;
}
