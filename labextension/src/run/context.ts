/** What the commands hand to the code that is loaded when the first of them runs. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelSpec } from '@jupyterlab/services';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { INotebookProfiles, IPyPerf, ProfileWish } from '../model/model.ts';
import type { IPyPerfSettings } from '../settings/settings.ts';
import type { OpenReport } from './open-report.ts';
import { Wishes } from './wishes.ts';

export interface RunContext {
  readonly pyperf: IPyPerf;
  readonly settings: IPyPerfSettings;
  readonly dialogs: ISessionContextDialogs;
  readonly translator: ITranslator;
  readonly trans: TranslationBundle;
  readonly kernelSpecs: KernelSpec.IManager;
  readonly runs: ActiveRuns;
  readonly openReport: OpenReport;
}

/** A run of a whole notebook. */
export interface ActiveRun {
  cancel(): void;
}

/** The runs and the wishes of each open notebook: one run at a time in each, as many notebooks as one likes. */
export class ActiveRuns {
  readonly #runs = new Map<NotebookPanel, ActiveRun>();
  readonly #wishes = new WeakMap<INotebookProfiles, Wishes>();

  constructor(private readonly onChange: () => void) {}

  get(panel: NotebookPanel | null): ActiveRun | undefined {
    return panel ? this.#runs.get(panel) : undefined;
  }
  add(panel: NotebookPanel, run: ActiveRun): void {
    this.#runs.set(panel, run);
    this.onChange();
  }
  remove(panel: NotebookPanel): void {
    this.#runs.delete(panel);
    this.onChange();
  }

  wishes(profiles: INotebookProfiles): Wishes {
    const known = this.#wishes.get(profiles);
    if (known) return known;
    const wishes = new Wishes(wish => profiles.profileNext(wish));
    this.#wishes.set(profiles, wishes);
    return wishes;
  }
}

export function wishFor(
  { settings }: RunContext,
  scope: 'all' | 'listed',
  cells: ProfileWish['cells'],
): ProfileWish {
  const { rateHz } = settings.values;
  return { scope, cells, show: true, ...(rateHz > 0 && { rateHz }) };
}
