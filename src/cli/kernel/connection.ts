/** A client of one kernel: sends requests, and hands every verified message on. */
import { Dealer, Subscriber } from 'zeromq';
import { endpoint, type Connection } from '../../../kernel/wire/connection-file.ts';
import { JupyterMessage, type JsonObject } from '../../../kernel/wire/message.ts';
import { Session } from '../../../kernel/wire/session.ts';
import { createSigner } from '../../../kernel/wire/signer.ts';

/** A request on its way: both promises stay open for ever when the kernel dies. */
export interface Exchange {
  readonly msgId: string;
  readonly reply: Promise<JupyterMessage>;
  /** The kernel published that it is done with the request: no further output will come. */
  readonly idle: Promise<void>;
}

interface Waiting {
  readonly onReply: (message: JupyterMessage) => void;
  readonly onIdle: () => void;
}

export class KernelConnection {
  readonly #session: Session;
  readonly #sockets: {
    readonly shell: Dealer;
    readonly control: Dealer;
    readonly iopub: Subscriber;
  };
  readonly #sending: { shell: Promise<void>; control: Promise<void> };
  readonly #waiting = new Map<string, Waiting>();
  #lastPublishedMs = performance.now();

  /** @param onPublished sees every message of iopub, in order, before an exchange's `idle` resolves. */
  constructor(
    connection: Connection,
    readonly onPublished: (message: JupyterMessage) => void,
  ) {
    this.#session = new Session(createSigner(connection.key, connection.signature_scheme));
    const routingId = this.#session.id;
    this.#sockets = {
      shell: new Dealer({ routingId, linger: 0 }),
      control: new Dealer({ routingId, linger: 0 }),
      // Without a bound: a mark would drop output of a cell that prints faster than we read.
      iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
    };
    this.#sending = { shell: Promise.resolve(), control: Promise.resolve() };
    this.#sockets.iopub.subscribe();
    for (const channel of ['shell', 'control', 'iopub'] as const)
      this.#sockets[channel].connect(endpoint(connection, channel));
    void this.#receive(this.#sockets.shell, message => this.#replied(message));
    void this.#receive(this.#sockets.control, message => this.#replied(message));
    void this.#receive(this.#sockets.iopub, message => this.#published(message));
  }

  request(
    channel: 'shell' | 'control',
    type: string,
    content: JsonObject,
    metadata: JsonObject = {},
  ): Exchange {
    const message = this.#session.message(type, content, { metadata });
    const msgId = message.header.msg_id;
    let waiting!: Waiting;
    const idle = new Promise<void>(onIdle => {
      waiting = { onIdle, onReply: () => undefined };
    });
    const reply = new Promise<JupyterMessage>(onReply => {
      waiting = { ...waiting, onReply };
    });
    this.#waiting.set(msgId, waiting);
    this.#send(channel, message);
    return { msgId, reply, idle };
  }

  /** Sends what nobody answers, such as a comm's message. */
  notify(type: string, content: JsonObject, parent: Buffer): void {
    this.#send('shell', this.#session.message(type, content, { parent }));
  }

  forget(exchange: Exchange): void {
    this.#waiting.delete(exchange.msgId);
  }

  /** Milliseconds since the last message of iopub. */
  get quietMs(): number {
    return performance.now() - this.#lastPublishedMs;
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  /** zeromq.js refuses a send while another is under way, so they queue up. */
  #send(channel: 'shell' | 'control', message: JupyterMessage): void {
    const socket = this.#sockets[channel];
    this.#sending[channel] = this.#sending[channel]
      .then(() => (socket.closed ? undefined : socket.send([...message.frames])))
      .catch(() => undefined); // closed in the meantime: whoever waits for the answer knows
  }

  async #receive(
    socket: Dealer | Subscriber,
    handle: (message: JupyterMessage) => void,
  ): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = this.#verified(frames);
        if (message) handle(message);
      }
    } catch (error) {
      if (!socket.closed) throw error;
    }
  }

  #verified(frames: readonly Buffer[]): JupyterMessage | undefined {
    try {
      const message = JupyterMessage.fromFrames(frames);
      if (!message.verify(this.#session.signer)) return undefined;
      void message.header; // parsed now, so that nothing malformed goes further
      void message.content;
      return message;
    } catch {
      return undefined;
    }
  }

  #replied(message: JupyterMessage): void {
    this.#waiting.get(message.parent.msg_id ?? '')?.onReply(message);
  }

  #published(message: JupyterMessage): void {
    this.#lastPublishedMs = performance.now();
    this.onPublished(message);
    if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle')
      this.#waiting.get(message.parent.msg_id ?? '')?.onIdle();
  }
}
