/** A Jupyter client for tests: the five channels of a kernel, over `kernel/wire`. */
import { randomUUID } from 'node:crypto';
import * as zmq from 'zeromq';
import {
  endpoint,
  type Connection,
  createSigner,
  JupyterMessage,
  Session,
  type JsonObject,
} from '../../kernel/wire/index.ts';

type Talk = 'shell' | 'control' | 'stdin';

export interface RequestOptions {
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Buffer[];
  readonly timeoutMs?: number;
}

export interface ExecuteOptions extends RequestOptions {
  readonly silent?: boolean;
  readonly storeHistory?: boolean;
  readonly stopOnError?: boolean;
  /** Answers `input()`; without it the request says that there is no stdin. */
  readonly onInput?: (prompt: string) => string;
  /** Sees each message as it comes. */
  readonly onPublished?: (message: JupyterMessage) => void;
}

/** What one cell did: its reply, and all it published up to its idle status, in order. */
export interface Execution {
  readonly msgId: string;
  readonly reply: JupyterMessage;
  readonly published: readonly JupyterMessage[];
  /** Everything it wrote to stdout. */
  readonly stdout: string;
  readonly types: readonly string[];
}

export class JupyterClient {
  readonly session: Session;
  readonly connection: Connection;
  /** Every iopub message seen, of any parent; a test may empty it. */
  readonly seen: JupyterMessage[] = [];
  readonly #sockets: Record<Talk, zmq.Dealer> & { iopub: zmq.Subscriber };
  readonly #replies = new Map<string, (message: JupyterMessage) => void>();
  readonly #listeners = new Set<(message: JupyterMessage) => void>();
  #onInput: ((prompt: string) => string) | undefined;
  /** Sends of one socket follow each other: zeromq.js refuses two at once. */
  readonly #sending = new Map<Talk, Promise<void>>();
  keepSeen = true;

  constructor(
    connection: Connection,
    /** `reconnectIntervalMs`: how soon a kernel that is starting is asked again. */
    options: { readonly key?: string; readonly reconnectIntervalMs?: number } = {},
  ) {
    const reconnectInterval = options.reconnectIntervalMs ?? 100;
    this.connection = connection;
    this.session = new Session(
      createSigner(options.key ?? connection.key, connection.signature_scheme),
      'test',
    );
    const talk = (channel: Talk): zmq.Dealer => {
      const socket = new zmq.Dealer({ routingId: this.session.id, linger: 0, reconnectInterval });
      socket.connect(endpoint(connection, channel));
      return socket;
    };
    const iopub = new zmq.Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval });
    iopub.connect(endpoint(connection, 'iopub'));
    iopub.subscribe('');
    this.#sockets = {
      shell: talk('shell'),
      control: talk('control'),
      stdin: talk('stdin'),
      iopub,
    };
    this.#read(this.#sockets.shell, message => this.#reply(message));
    this.#read(this.#sockets.control, message => this.#reply(message));
    this.#read(this.#sockets.stdin, message => this.#input(message));
    this.#read(iopub, message => {
      if (this.keepSeen) this.seen.push(message);
      for (const listener of [...this.#listeners]) listener(message);
    });
  }

  /** Asks for the kernel's info until it answers and iopub is proven live. */
  async ready(timeoutMs = 30_000): Promise<JupyterMessage> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const left = deadline - performance.now();
      const header = this.session.header('kernel_info_request');
      const idle = this.idleOf(header.msg_id);
      const reply = await this.#request('shell', header, {}, { timeoutMs: left });
      if (await Promise.race([idle.then(() => true), timeout(500).then(() => false)])) return reply;
    }
  }

  /** @returns the reply. @throws Error when none comes in time. */
  request(
    channel: 'shell' | 'control',
    type: string,
    content: JsonObject,
    options: RequestOptions = {},
  ): Promise<JupyterMessage> {
    return this.#request(channel, this.session.header(type), content, options);
  }

  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const header = this.session.header('execute_request');
    const published: JupyterMessage[] = [];
    const stop = this.onPublished(message => {
      if (message.parent.msg_id !== header.msg_id) return;
      published.push(message);
      options.onPublished?.(message);
    });
    const idle = this.idleOf(header.msg_id, options.timeoutMs);
    idle.catch(() => undefined); // the reply's failure is told first
    this.#onInput = options.onInput;
    const content = {
      code,
      silent: options.silent ?? false,
      store_history: options.storeHistory ?? true,
      user_expressions: {},
      allow_stdin: options.onInput !== undefined,
      stop_on_error: options.stopOnError ?? true,
    };
    try {
      const reply = await this.#request('shell', header, content, options);
      await idle;
      return {
        msgId: header.msg_id,
        reply,
        published,
        stdout: published.flatMap(stdoutOf).join(''),
        types: published.map(message => message.header.msg_type),
      };
    } finally {
      stop();
    }
  }

  /** Sends frames as they are, for messages that no well-behaved client would send. */
  sendFrames(channel: Talk, frames: readonly Buffer[]): Promise<void> {
    const next = (this.#sending.get(channel) ?? Promise.resolve()).then(() =>
      this.#sockets[channel].send([...frames]),
    );
    this.#sending.set(
      channel,
      next.catch(() => undefined),
    );
    return next;
  }

  /** @returns a function that ends the listening. */
  onPublished(listener: (message: JupyterMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first published message that `wanted` accepts. */
  published(
    wanted: (message: JupyterMessage) => boolean,
    timeoutMs = 30_000,
  ): Promise<JupyterMessage> {
    return within(
      timeoutMs,
      'a published message',
      new Promise(resolve => {
        const stop = this.onPublished(message => {
          if (!wanted(message)) return;
          stop();
          resolve(message);
        });
      }),
    );
  }

  idleOf(msgId: string, timeoutMs = 120_000): Promise<JupyterMessage> {
    return this.published(
      message =>
        message.parent.msg_id === msgId &&
        message.header.msg_type === 'status' &&
        message.content['execution_state'] === 'idle',
      timeoutMs,
    );
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #request(
    channel: 'shell' | 'control',
    header: JupyterMessage['header'],
    content: JsonObject,
    options: RequestOptions,
  ): Promise<JupyterMessage> {
    const message = JupyterMessage.build(this.session.signer, {
      identities: [],
      header,
      parent: {},
      content,
      ...(options.metadata && { metadata: options.metadata }),
      ...(options.buffers && { buffers: options.buffers }),
    });
    const reply = new Promise<JupyterMessage>(resolve => this.#replies.set(header.msg_id, resolve));
    try {
      await this.sendFrames(channel, message.frames);
      return await within(options.timeoutMs ?? 60_000, `a reply to ${header.msg_type}`, reply);
    } finally {
      this.#replies.delete(header.msg_id);
    }
  }

  #reply(message: JupyterMessage): void {
    this.#replies.get(message.parent.msg_id ?? '')?.(message);
  }

  #input(message: JupyterMessage): void {
    const value = this.#onInput?.(String(message.content['prompt'])) ?? '';
    const answer = this.session.message('input_reply', { value }, { parent: message.headerBytes });
    void this.sendFrames('stdin', answer.frames);
  }

  #read(socket: zmq.Dealer | zmq.Subscriber, handle: (message: JupyterMessage) => void): void {
    void (async () => {
      for await (const frames of socket) handle(JupyterMessage.fromFrames(frames));
    })();
  }
}

export const stdoutOf = (message: JupyterMessage): string[] =>
  message.header.msg_type === 'stream' && message.content['name'] === 'stdout'
    ? [String(message.content['text'])]
    : [];

export const newKey = (): string => randomUUID();

const timeout = (durationMs: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, durationMs));

async function within<T>(durationMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${Math.round(durationMs)} ms for ${what}`)),
      durationMs,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
