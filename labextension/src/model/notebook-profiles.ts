/**
 * What one open notebook knows of its cells. It loads with JupyterLab, so it only keeps and tells; what brings the
 * figures (`follow.ts`: the hook, saved outputs, edits) loads when a notebook is first looked at.
 */
import type { ICellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { lastHeading } from '../../../src/analysis/headings.ts';
import type { Profile } from '../../../src/profile/index.ts';
import { EarlierRuns } from './earlier-runs.ts';
import type { HookState, INotebookProfiles, ProfileWish, StartedRun } from './model.ts';
import { toRunProfile } from './run-profile.ts';
import { isSameCode } from './same-code.ts';

/** How wishes reach the hook. @throws Error when there is none. */
type Wisher = (wish: ProfileWish) => Promise<void>;

export class NotebookProfiles implements INotebookProfiles {
  readonly hookChanged = new Signal<this, HookState>(this);
  readonly changed = new Signal<this, string>(this);
  readonly liveChanged = new Signal<this, void>(this);
  readonly startedRunChanged = new Signal<this, StartedRun | null>(this);
  isCellRunning = false;
  readonly #figures = new Map<string, Profile>();
  readonly #before = new Map<string, Profile>();
  readonly #stale = new Set<string>();
  readonly #earlier = new EarlierRuns();
  readonly #wisher: Promise<Wisher>;
  #cells: ReadonlyMap<string, ICellModel> = new Map();
  #hook: HookState = 'connecting';
  #live: Profile | null = null;
  #startedRun: StartedRun | null = null;
  /** The run until something changes. */
  #run: Profile | null | undefined;

  /** @param follow keeps this object up to date from then on. */
  constructor(
    readonly panel: NotebookPanel,
    follow: (profiles: NotebookProfiles) => Promise<Wisher>,
  ) {
    panel.disposed.connect(() => Signal.clearData(this));
    this.#wisher = follow(this);
  }

  get hook(): HookState {
    return this.#hook;
  }
  set hook(state: HookState) {
    if (state === this.#hook) return;
    this.#hook = state;
    this.hookChanged.emit(state);
  }

  get live(): Profile | null {
    return this.#live;
  }
  set live(profile: Profile | null) {
    if (profile === null && this.#live === null) return;
    this.#live = profile;
    this.liveChanged.emit();
  }

  get startedRun(): StartedRun | null {
    return this.#startedRun;
  }
  set startedRun(run: StartedRun | null) {
    this.#startedRun = run;
    this.startedRunChanged.emit(run);
  }

  cell(cellId: string): Profile | undefined {
    return this.#figures.get(cellId);
  }
  before(cellId: string): Profile | undefined {
    return this.#before.get(cellId);
  }
  isStale(cellId: string): boolean {
    return this.#stale.has(cellId);
  }
  earlierMs(cellId: string): readonly number[] {
    return this.#earlier.of(cellId, startOf(this.#figures.get(cellId)));
  }

  add(profile: Profile): void {
    for (const cell of profile.cells) {
      const { cellId } = cell;
      const source = cellId === null ? undefined : this.#sourceOf(cellId);
      if (cellId === null || source === undefined) continue;
      this.ran(cellId, [cell]);
      const known = this.#figures.get(cellId);
      // The same run comes by more than one way: as a message, and as the output that it left.
      if (known && Date.parse(cell.startedAt) <= Date.parse(startOf(known) ?? '')) continue;
      if (known) this.#before.set(cellId, known);
      const isAlone = profile.cells.length === 1;
      this.#figures.set(cellId, isAlone ? profile : { ...profile, cells: [cell] });
      if (isSameCode(cell.source, source)) this.#stale.delete(cellId);
      else this.#stale.add(cellId);
      this.#tell(cellId);
    }
  }

  /** Runs of a cell whose figures need not be known. */
  ran(
    cellId: string,
    runs: readonly { readonly startedAt: string; readonly wallTimeMs: number }[],
  ): void {
    this.#earlier.add(cellId, runs);
  }

  /** The cell is gone, or its outputs. */
  forget(cellId: string): void {
    this.#stale.delete(cellId);
    const known = this.#figures.get(cellId);
    if (!known) return;
    // To run a cell again is to clear its outputs first: this is what the next run is compared with.
    this.#before.set(cellId, known);
    this.#figures.delete(cellId);
    this.#tell(cellId);
  }

  edited(cellId: string, source: string): void {
    const ran = this.#figures.get(cellId)?.cells[0]?.source;
    if (ran === undefined) return;
    const isStale = !isSameCode(ran, source);
    if (isStale === this.#stale.has(cellId)) return;
    if (isStale) this.#stale.add(cellId);
    else this.#stale.delete(cellId);
    this.#tell(cellId);
  }

  /** Cells came, went or changed places. */
  reordered(): void {
    this.#cells = new Map();
    this.#run = undefined;
  }

  run(): Profile | null {
    if (this.#run !== undefined) return this.#run;
    let heading: string | undefined;
    const placed = [...(this.panel.model?.cells ?? [])].flatMap((cell, index) => {
      if (cell.type === 'markdown') heading = lastHeading(cell.sharedModel.getSource()) ?? heading;
      const profile = this.#figures.get(cell.id);
      return profile ? [{ index, heading, profile }] : [];
    });
    return (this.#run = toRunProfile(placed, this.panel.context.path));
  }

  async profileNext(wish: ProfileWish): Promise<void> {
    await (
      await this.#wisher
    )(wish);
  }

  #sourceOf(cellId: string): string | undefined {
    // Looked through anew only where it may have come since: notebooks have a thousand cells and figures.
    if (!this.#cells.has(cellId))
      this.#cells = new Map([...(this.panel.model?.cells ?? [])].map(cell => [cell.id, cell]));
    return this.#cells.get(cellId)?.sharedModel.getSource();
  }
  #tell(cellId: string): void {
    this.#run = undefined;
    this.changed.emit(cellId);
  }
}

const startOf = (profile: Profile | undefined): string | undefined => profile?.cells[0]?.startedAt;
