/**
 * Front ends that listen: comms of target `pyperf`, which the hook answers itself. The user's kernel never hears of
 * them, so they work while it is busy and leave no trace in it.
 *
 * We say `{type: 'hello', version}`, `{type: 'cell', profile}` after each cell, and `{type: 'live', profile}` with the
 * running cell, or null, to whoever sends `{type: 'peek'}`.
 */
import type { Profile } from '../../src/profile/index.ts';
import type { ProxyLink } from '../proxy/tap.ts';
import type { JsonObject, JupyterMessage } from '../wire/message.ts';
import type { Session } from '../wire/session.ts';

export const COMM_TARGET = 'pyperf';

/** What a listener says of a cell that it will run. */
export interface AnnouncedCell {
  readonly index?: number;
  readonly label?: string;
}

interface Listener {
  /** Lines and variables of every cell, with nothing added to outputs. */
  readonly profilesAll: boolean;
  readonly cells: ReadonlyMap<string, AnnouncedCell>;
}

export class Comms {
  readonly #listeners = new Map<string, Listener>();

  constructor(
    private readonly link: ProxyLink,
    private readonly session: Session,
    private readonly version: string,
    /** The cell that runs now, as far as it was measured; undefined when none runs. */
    private readonly lookAtRunningCell: () => Promise<Profile | undefined>,
  ) {}

  get listening(): boolean {
    return this.#listeners.size > 0;
  }
  get profilesAll(): boolean {
    return [...this.#listeners.values()].some(listener => listener.profilesAll);
  }

  announced(cellId: string | null): AnnouncedCell | undefined {
    if (cellId === null) return undefined;
    for (const listener of this.#listeners.values()) {
      const cell = listener.cells.get(cellId);
      if (cell) return cell;
    }
    return undefined;
  }

  /** @returns false when the message is not for us and belongs to the kernel. */
  handle(message: JupyterMessage): boolean {
    const { msg_type: type } = message.header;
    const commId = message.content['comm_id'];
    if (typeof commId !== 'string') return false;
    if (type === 'comm_open') {
      if (message.content['target_name'] !== COMM_TARGET) return false;
      this.#listeners.set(commId, toListener(message.content['data']));
      this.#answer(message, () =>
        this.#say(commId, { type: 'hello', version: this.version }, message),
      );
      return true;
    }
    if (!this.#listeners.has(commId)) return false;
    this.#answer(message, () => {
      if (type === 'comm_close') this.#listeners.delete(commId);
      else if (asksToLook(message.content['data'])) void this.#tellLive(commId);
    });
    return true;
  }

  /** Tells every listener of a finished cell. */
  publish(profile: Profile): void {
    for (const commId of this.#listeners.keys()) this.#say(commId, { type: 'cell', profile });
  }

  async #tellLive(commId: string): Promise<void> {
    // Never fails towards the front end: a look that is too late finds no cell.
    const profile = await this.lookAtRunningCell().catch(() => undefined);
    this.#say(commId, { type: 'live', profile: profile ?? null });
  }

  #answer(request: JupyterMessage, work: () => void): void {
    this.#status(request, 'busy');
    work();
    this.#status(request, 'idle');
  }
  #status(request: JupyterMessage, state: 'busy' | 'idle'): void {
    this.#iopub('status', { execution_state: state }, request);
  }
  #say(commId: string, data: JsonObject, request?: JupyterMessage): void {
    this.#iopub('comm_msg', { comm_id: commId, data }, request);
  }
  #iopub(type: string, content: JsonObject, request?: JupyterMessage): void {
    this.link.toClients(
      'iopub',
      this.session.message(type, content, {
        identities: [Buffer.from(`pyperf.${type}`)],
        ...(request && { parent: request.headerBytes }),
      }),
    );
  }
}

/** A front end's word is data: whatever is not as expected is left out. */
function toListener(data: unknown): Listener {
  const options = isObject(data) ? data : {};
  const cells = new Map<string, AnnouncedCell>();
  for (const cell of Array.isArray(options['cells']) ? (options['cells'] as unknown[]) : []) {
    if (!isObject(cell) || typeof cell['id'] !== 'string') continue;
    const { index, label } = cell;
    cells.set(cell['id'], {
      ...(typeof index === 'number' && Number.isInteger(index) && index >= 0 && { index }),
      ...(typeof label === 'string' && { label }),
    });
  }
  return { profilesAll: options['profile'] === 'all', cells };
}

const asksToLook = (data: unknown): boolean => isObject(data) && data['type'] === 'peek';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
