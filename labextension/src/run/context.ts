/** What the commands hand to the code that is loaded when the first of them runs. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelSpec } from '@jupyterlab/services';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import type { IPyPerf } from '../model/model.ts';
import type { IPyPerfSettings } from '../settings/settings.ts';
import type { OpenReport } from './open-report.ts';
import type { Progress } from './progress.ts';

export interface RunContext {
  readonly pyperf: IPyPerf;
  readonly settings: IPyPerfSettings;
  readonly dialogs: ISessionContextDialogs;
  readonly translator: ITranslator;
  readonly trans: TranslationBundle;
  readonly kernelSpecs: KernelSpec.IManager;
  /** One at a time in each notebook, and as many notebooks as one likes. */
  readonly runs: Map<NotebookPanel, ActiveRun>;
  /** Commands look anew whether they may run. */
  readonly look: () => void;
  readonly openReport: OpenReport;
}

/** A run of a whole notebook. */
export interface ActiveRun {
  cancel(): void;
}

/** What the bar over the notebook shows. */
export interface ShownRun extends ActiveRun {
  readonly panel: NotebookPanel;
  /** Emits at each step; time passes without. */
  readonly changed: ISignal<unknown, void>;
  readonly isCancelled: boolean;
  /** Null while the kernel starts. */
  readonly progress: Progress | null;
}
