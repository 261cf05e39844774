/** One browser tab's connection to a kernel, through the server's websocket. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type { JupyterServer } from './server.ts';
import {
  SUBPROTOCOL,
  decodeMessage,
  encodeMessage,
  type Channel,
  type Dictionary,
  type KernelMessage,
} from './websocket-protocol.ts';

const WAIT_MS = 60_000;
const ASK_AGAIN_MS = 1_000;

interface Waiter {
  readonly matches: (message: KernelMessage) => boolean;
  readonly resolve: (message: KernelMessage) => void;
}

export interface RequestOptions {
  readonly channel?: Channel;
  readonly buffers?: readonly Buffer[];
  /** Further header fields, such as `subshell_id`. */
  readonly header?: Dictionary;
  /** The message that this one answers, as an `input_reply` has. */
  readonly parent?: Dictionary;
}

export interface Finished {
  readonly reply: KernelMessage;
  /** What the kernel published for the request, in order, up to its idle status. */
  readonly published: readonly KernelMessage[];
}

export class KernelClient {
  /** Everything that came, in order. */
  readonly received: KernelMessage[] = [];
  readonly session = randomUUID();
  readonly #socket: WebSocket;
  readonly #waiters = new Set<Waiter>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const message = decodeMessage(data);
      this.received.push(message);
      for (const waiter of this.#waiters)
        if (waiter.matches(message)) {
          this.#waiters.delete(waiter);
          waiter.resolve(message);
        }
    });
  }

  static async open(server: JupyterServer, kernelId: string): Promise<KernelClient> {
    const url = `${server.url.replace('http', 'ws')}/api/kernels/${kernelId}/channels`;
    const socket = new WebSocket(`${url}?token=${server.token}`, SUBPROTOCOL);
    const client = new KernelClient(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /**
   * Asks until an answer comes on iopub as well, as every client has to after a start: the server's subscription to a
   * new kernel is not there at once, and what is published before is lost.
   */
  async ready(withinMs = WAIT_MS): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const msgId = this.send('kernel_info_request', {});
      try {
        await this.finished(msgId, ASK_AGAIN_MS);
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
      }
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  send(type: string, content: Dictionary, options: RequestOptions = {}): string {
    const { channel = 'shell', buffers = [], header = {}, parent = {} } = options;
    const msgId = randomUUID();
    const message: KernelMessage = {
      channel,
      header: {
        msg_id: msgId,
        msg_type: type,
        session: this.session,
        username: 'test',
        date: new Date().toISOString(),
        version: '5.4',
        ...header,
      },
      parent_header: parent,
      metadata: {},
      content,
      buffers,
    };
    this.#socket.send(encodeMessage(message));
    return msgId;
  }

  /** The first message that matches, whether it came already or is still to come. */
  async waitFor(
    what: string,
    matches: (message: KernelMessage) => boolean,
    withinMs = WAIT_MS,
  ): Promise<KernelMessage> {
    const came = this.received.find(matches);
    if (came) return came;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        matches,
        resolve: message => {
          clearTimeout(timer);
          resolve(message);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const last = this.received.slice(-8).map(message => message.header.msg_type);
        reject(new Error(`${what} did not come within ${withinMs} ms; last: ${last.join(', ')}`));
      }, withinMs);
      this.#waiters.add(waiter);
    });
  }

  /** The reply to a request and all that was published for it. */
  async finished(msgId: string, withinMs = WAIT_MS): Promise<Finished> {
    const isMine = (message: KernelMessage): boolean => message.parent_header.msg_id === msgId;
    const reply = this.waitFor(
      'the reply',
      message => isMine(message) && message.header.msg_type.endsWith('_reply'),
      withinMs,
    );
    const [answer, published] = await Promise.all([reply, this.idle(msgId, withinMs)]);
    return { reply: answer, published };
  }

  /** What the kernel published for a message, up to idle. Comm messages get no reply, so this is all they have. */
  async idle(msgId: string, withinMs = WAIT_MS): Promise<readonly KernelMessage[]> {
    const isMine = (message: KernelMessage): boolean =>
      message.channel === 'iopub' && message.parent_header.msg_id === msgId;
    await this.waitFor('idle', message => isMine(message) && isIdle(message), withinMs);
    return this.received.filter(isMine);
  }

  async request(type: string, content: Dictionary, options?: RequestOptions): Promise<Finished> {
    return this.finished(this.send(type, content, options));
  }

  startExecute(code: string, options: Dictionary = {}, request?: RequestOptions): string {
    return this.send('execute_request', { ...EXECUTE_DEFAULTS, code, ...options }, request);
  }

  async execute(code: string, options: Dictionary = {}, withinMs?: number): Promise<Finished> {
    return this.finished(this.startExecute(code, options), withinMs);
  }

  /** Waits until a cell, or with `msgId` that cell, has printed a text. */
  async waitForText(text: string, msgId?: string): Promise<void> {
    await this.waitFor(
      `the output ${JSON.stringify(text)}`,
      ({ header, parent_header, content }) =>
        header.msg_type === 'stream' &&
        (msgId === undefined || parent_header.msg_id === msgId) &&
        String(content['text']).includes(text),
    );
  }
}

const EXECUTE_DEFAULTS = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};

const isIdle = ({ header, content }: KernelMessage): boolean =>
  header.msg_type === 'status' && content['execution_state'] === 'idle';

/** All that a cell printed, streams joined. */
export function printed({ published }: Pick<Finished, 'published'>): string {
  return published
    .filter(message => message.header.msg_type === 'stream')
    .map(message => String(message.content['text']))
    .join('');
}

export function types({ published }: Pick<Finished, 'published'>): string[] {
  return published.map(message => message.header.msg_type);
}
