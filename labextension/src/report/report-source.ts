/** What a report is about: an open notebook, whose figures come and go, or a file, whose figures are what they are. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ISignal } from '@lumino/signaling';
import type { HookState } from '../model/model.ts';
import type { Profile } from '../../../src/profile/index.ts';

export interface ReportSource {
  /** Of the notebook or the file, its drive included: where runs are kept and reports are saved beside. */
  readonly path: string;
  /** Null while there are no figures. @throws Error with a sentence where the data cannot be read. */
  profile(): Profile | null;
  readonly changed: ISignal<unknown, unknown>;
  /** Where cells are gone to; null when it is not open. */
  readonly panel: NotebookPanel | null;
  /** Whether runs are kept beside it. */
  readonly keepsRuns: boolean;
  /** What is known of the kernel's hook; null for a file. */
  readonly hook: HookState | null;
}
