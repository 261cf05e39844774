/** A page of the JupyterLab extension, as a wrapped kernel hears it: what it tells the hook, and what the hook says. */
import { parseProfile, type Cell } from '../../../src/profile/index.ts';
import type { JupyterMessage } from '../../../kernel/wire/index.ts';
import type { JupyterClient } from '../../support/jupyter-client.ts';

export type Said = Readonly<Record<string, unknown>>;

const PAGES_COMM = 'jupyterlab-pyperf';
const SAID_WITHIN_MS = 60_000;

export class Page {
  readonly #said: Said[] = [];

  constructor(
    private readonly client: JupyterClient,
    private readonly commId = PAGES_COMM,
  ) {
    client.onPublished(({ header, content }: JupyterMessage) => {
      if (header.msg_type === 'comm_msg' && content['comm_id'] === commId)
        this.#said.push(content['data'] as Said);
    });
  }

  async open(data: Said = {}): Promise<void> {
    await this.#send('comm_open', { target_name: 'pyperf', data });
    await this.said('hello');
  }
  tell(data: Said): Promise<void> {
    return this.#send('comm_msg', { data });
  }
  close(): Promise<void> {
    return this.#send('comm_close', { data: {} });
  }

  /** Waits for the next message of a type (of a cell), which is then taken. */
  async said(type: string, cellId?: string): Promise<Said> {
    const deadline = performance.now() + SAID_WITHIN_MS;
    while (performance.now() < deadline) {
      const at = this.#said.findIndex(
        data => data['type'] === type && (cellId === undefined || data['cellId'] === cellId),
      );
      if (at >= 0) return this.#said.splice(at, 1)[0] as Said;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    throw new Error(`the hook never said "${type}": ${JSON.stringify(this.#said).slice(0, 500)}`);
  }

  async ask(data: Said, answer = data['type'] as string): Promise<Said> {
    await this.tell(data);
    return this.said(answer);
  }

  /** What was said and not taken yet. */
  get untaken(): readonly Said[] {
    return this.#said;
  }

  #send(type: string, content: Said): Promise<void> {
    const message = this.client.session.message(type, { comm_id: this.commId, ...content });
    return this.client.sendFrames('shell', message.frames);
  }
}

/** The only cell of a message's profile. */
export function cellOf({ profile }: Said): Cell {
  const [cell] = parseProfile(profile).cells;
  if (!cell) throw new Error('a profile without a cell');
  return cell;
}
