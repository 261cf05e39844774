/**
 * Front ends that listen: comms of target `pyperf`, which the hook answers itself. The user's kernel never hears of
 * them, so they work while it is busy and leave no trace in it.
 *
 * `comm_open` with data `{wish?, detail?}`. `detail: 'compact'` leaves out of figures what a page does not show.
 *
 * They say, as `comm_msg`:
 * - `{type: 'wish', scope: 'all' | 'listed' | 'magic', cells: [{id, index?, label?}], show, rateHz?, run?}`: which cells
 *   are profiled from the next request on, how often they are sampled, and whether their summaries become outputs. What
 *   waits in the kernel's queue stays as it was wished when it came, whatever becomes of the wish or of the front end.
 *   `run` names a run of these cells; until the next wish other pages are told of it.
 * - `{type: 'peek'}`: asks for the running cell.
 * - `{type: 'recorded'}`: asks which runs are kept; with `cells: [id]`, for the figures of some.
 * - `{type: 'output', cellId}`: asks for the summary that was shown under a cell.
 * - `{type: 'forget', cellId, startedAt}`: the user threw that result away.
 *
 * We say:
 * - `{type: 'hello', version, run?: {startedAt, elapsedMs, cells: [id]}}`. `run`: one whose page has not seen its end.
 * - `{type: 'cell', cellId, shown, profile}` after each cell. `shown`: its summary follows as an output.
 * - `{type: 'live', isRunning, profile}`: the running cell so far; null when none runs, or it could not be looked at.
 * - `{type: 'recorded', runs: [{cellId, startedAt, wallTimeMs, shown, earlier: [{startedAt, wallTimeMs}]}]}`: the
 *   newest run of each cell.
 * - `{type: 'figures', profile}`: the newest runs of at most 20 of the cells asked for.
 * - `{type: 'output', cellId, startedAt, data}`: the output's MIME bundle; null for one that was not shown.
 */
import { compactProfile } from '../../src/profile/compact.ts';
import type { Profile } from '../../src/profile/index.ts';
import { roundProfile } from '../../src/profile/serialize.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import type { Recorder } from './recorder.ts';
import { StartedRun } from './started-run.ts';
import type { Voice } from './voice.ts';
import { covers, isObject, toWish, type AnnouncedCell, type Wish } from './wish.ts';

export const COMM_TARGET = 'pyperf';
/** All pages of the JupyterLab extension share this one, so that those that are gone leave nothing behind. */
const PAGES_COMM = 'jupyterlab-pyperf';
/** Others that were never closed are given up in the order in which they came. */
const MAX_LISTENERS = 16;
const MAX_FIGURES = 20;

interface Listener {
  readonly wish: Wish;
  readonly isCompact: boolean;
}

export interface CommsOptions {
  readonly voice: Voice;
  readonly version: string;
  readonly recorder: Recorder;
  /** The cell that runs now, as far as it was measured; undefined when none runs. */
  readonly lookAtRunningCell: () => Promise<Profile | undefined>;
  readonly isCellRunning: () => boolean;
  /** `idle` would tell front ends and Jupyter's server that the running cell is over. */
  readonly isKernelBusy: () => boolean;
}

export class Comms {
  /** The newest last. */
  readonly #listeners = new Map<string, Listener>();
  readonly #run = new StartedRun();

  constructor(private readonly options: CommsOptions) {}

  /** The newest wish that this cell is profiled. */
  wishFor(cellId: string | null): Wish | undefined {
    return [...this.#listeners.values()].findLast(({ wish }) => covers(wish, cellId))?.wish;
  }

  announced(cellId: string | null): AnnouncedCell | undefined {
    if (cellId === null) return undefined;
    return [...this.#listeners.values()]
      .findLast(({ wish }) => wish.cells.has(cellId))
      ?.wish.cells.get(cellId);
  }

  /** @returns false when the message is not for us and belongs to the kernel. */
  handle(message: JupyterMessage): boolean {
    const { comm_id: commId, target_name: target, data } = message.content;
    if (typeof commId !== 'string') return false;
    switch (message.header.msg_type) {
      case 'comm_open':
        if (target !== COMM_TARGET) return false;
        this.#answer(message, () => this.#open(commId, data, message));
        return true;
      case 'comm_msg':
        if (!this.#listeners.has(commId) && commId !== PAGES_COMM) return false;
        this.#answer(message, () => this.#heard(commId, isObject(data) ? data : {}, message));
        return true;
      case 'comm_close':
        if (!this.#listeners.has(commId)) return false;
        this.#answer(message, () => void this.#listeners.delete(commId));
        return true;
      default:
        return false;
    }
  }

  /** Tells every listener of a finished cell. */
  publish(profile: Profile, shown: boolean): void {
    const cellId = profile.cells[0]?.cellId ?? null;
    for (const [commId, listener] of this.#listeners)
      this.#say(commId, { type: 'cell', cellId, shown, profile: sized(profile, listener) });
  }

  #open(commId: string, data: unknown, request: JupyterMessage): void {
    const options = isObject(data) ? data : {};
    this.#set(commId, {
      wish: toWish(options['wish']),
      isCompact: options['detail'] === 'compact',
    });
    const strays = [...this.#listeners.keys()].filter(id => id !== PAGES_COMM);
    for (const id of strays.slice(0, -MAX_LISTENERS)) this.#listeners.delete(id);
    if (isObject(options['wish'])) this.#run.wished(options['wish']);
    const run = this.#run.told();
    const { version } = this.options;
    this.#say(commId, { type: 'hello', version, ...(run && { run }) }, request);
  }

  #set(commId: string, listener: Listener): void {
    this.#listeners.delete(commId);
    this.#listeners.set(commId, listener);
  }

  #heard(commId: string, data: JsonObject, request: JupyterMessage): void {
    const { recorder } = this.options;
    const known = this.#listeners.get(commId);
    // A page's connection may outlive the hook that knew it.
    const listener = known ?? { wish: toWish(undefined), isCompact: true };
    if (!known) this.#set(commId, listener);
    const { type, cellId, cells, startedAt } = data;
    switch (type) {
      case 'wish':
        this.#run.wished(data);
        return this.#set(commId, { ...listener, wish: toWish(data) });
      case 'peek':
        return void this.#tellLive(commId, listener, request);
      case 'recorded': {
        if (!Array.isArray(cells))
          return this.#say(commId, { type, runs: recorder.newestRuns() }, request);
        const asked = (cells as unknown[]).slice(0, MAX_FIGURES);
        const found = asked.flatMap(id => recorder.newest(id) ?? []);
        const profile = sized(recorder.profile(found), listener);
        return this.#say(commId, { type: 'figures', profile }, request);
      }
      case 'output':
        return void this.#tellOutput(commId, cellId, request);
      case 'forget':
        return recorder.forget(cellId, startedAt);
    }
  }

  async #tellLive(commId: string, listener: Listener, request: JupyterMessage): Promise<void> {
    // Never fails towards the front end: a look that is too late finds no cell.
    const found = await this.options.lookAtRunningCell().catch(() => undefined);
    const profile = found ? sized(found, listener) : null;
    // Asked only now: it must agree with the kernel's messages that went before this one.
    const isRunning = this.options.isCellRunning();
    this.#say(commId, { type: 'live', isRunning, profile }, request);
  }

  async #tellOutput(commId: string, cellId: unknown, request: JupyterMessage): Promise<void> {
    const { recorder } = this.options;
    const cell = recorder.newest(cellId);
    const isShown = cell !== undefined && recorder.shown(cell);
    const { displayCell } = await import('./display.ts');
    const output = isShown ? displayCell(recorder.profile([cell])) : undefined;
    const data = output?.content['data'] ?? null;
    const startedAt = cell?.startedAt ?? null;
    this.#say(commId, { type: 'output', cellId, startedAt, data }, request);
  }

  #answer(request: JupyterMessage, work: () => void): void {
    const { voice } = this.options;
    const isQuiet = this.options.isKernelBusy();
    if (!isQuiet) voice.status('busy', request);
    work();
    if (!isQuiet) voice.status('idle', request);
  }

  #say(commId: string, data: JsonObject, request?: JupyterMessage): void {
    this.options.voice.publish(
      'comm_msg',
      { comm_id: commId, data },
      request && { parent: request.headerBytes },
    );
  }
}

const sized = (profile: Profile, { isCompact }: Listener): Profile =>
  isCompact ? roundProfile(compactProfile(profile)) : profile;
