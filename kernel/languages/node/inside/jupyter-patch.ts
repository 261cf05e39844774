/**
 * Lets tslab speak the messaging protocol as clients expect it, and tells us about its cells.
 *
 * tslab sends no `execute_input` and no `error`, says `abort` for `aborted` and that it is busy with a cell before the
 * cell's turn has come, answers `comm_info_request` under a wrong name, and `history_request` and `interrupt_request`
 * not at all. Its handlers are methods of two classes, which are replaced here one by one; each calls the original.
 */
import { CellRun, wishOf } from './cell-run.ts';
import type { Kernel } from './kernel.ts';
import { shortenCancelling, type TaskQueue } from './queue-patch.ts';

type Content = Record<string, unknown>;

interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly metadata: unknown;
  readonly content: Content;
  createReply(): Reply;
}

interface Reply extends Message {
  readonly header: { readonly msg_id: string; msg_type: string };
  content: Content;
  signAndSend(key: string, socket: unknown): void;
}

type WriteStream = (name: string, text: string) => void;
type WriteDisplay = (data: Content, update: boolean) => void;

interface Handler {
  execCount: number;
  readonly execQueue: TaskQueue;
  handleExecute(req: Content, stream: WriteStream, display: WriteDisplay): Promise<Content>;
  handleExecuteImpl(req: Content, stream: WriteStream, display: WriteDisplay): Promise<unknown>;
}

interface Server {
  readonly handler: Handler;
  readonly connInfo: { readonly key: string };
  readonly iopub: unknown;
  handleShellMessage(socket: unknown, ...frames: Buffer[]): Promise<void>;
  handleExecute(socket: unknown, message: Message): Promise<void>;
  handleCommInfoRequest(socket: unknown, message: Message): void;
  handleShutdown(socket: unknown, message: Message): void;
  publishStatus(status: string, parent: Message): void;
}

/** An `execute_request` and its cell. */
interface Turn {
  readonly run: CellRun;
  /** Says that the kernel is busy with it, and what it runs. */
  readonly begins: () => void;
  readonly idle: Promise<void>;
  readonly isIdle: () => void;
}

/** The exports of tslab's `jupyter.js`. */
export interface JupyterModule {
  readonly ZmqServer: { readonly prototype: Server };
  readonly JupyterHandlerImpl: { readonly prototype: Handler };
}

/** tslab closes its sockets and waits for the event loop to run dry, which a timer of the user's prevents. */
const EXIT_AFTER_SHUTDOWN_MS = 500;
const DELIMITER = Buffer.from('<IDS|MSG>');
/** tslab prints a warning into the running cell for what it does not know. These need no answer. */
const IGNORED = /^(comm_(open|msg|close)|debug_request)$/;
const MOST_HISTORY = 1000;

export function patchJupyter(
  { ZmqServer, JupyterHandlerImpl }: JupyterModule,
  kernel: Kernel,
): void {
  const server = ZmqServer.prototype;
  const handler = JupyterHandlerImpl.prototype;
  const runs = new WeakMap<object, Turn>();
  /** Resolves when the cell before has said that it is idle. */
  let before: Promise<void> = Promise.resolve();
  const history: [number, number, string][] = [];
  const original = {
    publishStatus: methodOf(server, 'publishStatus'),
    handleShellMessage: methodOf(server, 'handleShellMessage'),
    handleShutdown: methodOf(server, 'handleShutdown'),
    handleExecuteImpl: methodOf(handler, 'handleExecuteImpl'),
  };
  let parseMessage: ((key: string, frames: Buffer[]) => Message) | undefined;

  server.publishStatus = function (status, parent) {
    const type = parent.constructor as unknown as { fromRaw?: typeof parseMessage };
    parseMessage ??= type.fromRaw?.bind(type);
    // A cell is busy when its turn has come, not when it was received.
    if (status === 'busy' && parent.header.msg_type === 'execute_request') return;
    original.publishStatus.call(this, status, parent);
    if (status === 'idle') runs.get(parent.content)?.isIdle();
  };

  server.handleShellMessage = function (socket, ...frames) {
    const type = typeOf(frames);
    if (IGNORED.test(type)) return Promise.resolve();
    const isOurs = type === 'history_request' || type === 'interrupt_request';
    if (!isOurs || !parseMessage) return original.handleShellMessage.call(this, socket, ...frames);
    const message = parseMessage(this.connInfo.key, frames);
    this.publishStatus('busy', message);
    if (type === 'interrupt_request') {
      process.kill(process.pid, 'SIGINT');
      send(this, socket, message, 'interrupt_reply', { status: 'ok' });
    } else {
      const asked = chosenHistory(history, message.content);
      send(this, socket, message, 'history_reply', { status: 'ok', history: asked });
    }
    this.publishStatus('idle', message);
    return Promise.resolve();
  };

  server.handleExecute = async function (socket, message) {
    const { content } = message;
    const code = typeof content['code'] === 'string' ? content['code'] : '';
    const run = new CellRun(message.header.msg_id, code, wishOf(message.metadata));
    const publish = (type: string, published: Content): void =>
      send(this, this.iopub, message, type, published);
    const begins = (): void => {
      original.publishStatus.call(this, 'busy', message);
      if (content['silent'] !== true)
        publish('execute_input', { code, execution_count: this.handler.execCount + 1 });
    };
    let isIdle = (): void => undefined;
    const idle = new Promise<void>(resolve => (isIdle = resolve));
    runs.set(content, { run, begins, idle, isIdle });
    shortenCancelling(this.handler.execQueue);
    kernel.arrived(run);
    const reply = await this.handler.handleExecute(
      content,
      (name, text) => {
        if (name !== 'stderr' || !run.failure.takes(text)) publish('stream', { name, text });
      },
      (data, update) => publish(update ? 'update_display_data' : 'display_data', data),
    );
    if (!run.hasStarted) {
      original.publishStatus.call(this, 'busy', message);
      return send(this, socket, message, 'execute_reply', { status: 'aborted' });
    }
    if (content['store_history'] !== false && content['silent'] !== true)
      remember(history, [0, this.handler.execCount, code]);
    if (reply['status'] === 'ok')
      return send(this, socket, message, 'execute_reply', {
        ...reply,
        payload: [],
        user_expressions: {},
      });
    const error = run.failure.content();
    publish('error', { ...error });
    if (content['stop_on_error'] === false) this.handler.execQueue.reset();
    send(this, socket, message, 'execute_reply', { ...reply, status: 'error', ...error });
  };

  handler.handleExecuteImpl = async function (req, stream, display) {
    const known = runs.get(req);
    if (!known) return original.handleExecuteImpl.call(this, req, stream, display);
    await before;
    before = known.idle;
    known.begins();
    kernel.started(known.run, this.execCount + 1);
    try {
      return await original.handleExecuteImpl.call(this, req, stream, display);
    } finally {
      await kernel.finished(known.run);
    }
  };

  server.handleCommInfoRequest = function (socket, message) {
    send(this, socket, message, 'comm_info_reply', { status: 'ok', comms: {} });
  };

  server.handleShutdown = function (socket, message) {
    original.handleShutdown.call(this, socket, message);
    setTimeout(() => process.exit(0), EXIT_AFTER_SHUTDOWN_MS).unref();
  };
}

/** @throws Error when tslab has changed. */
function methodOf<T extends object, K extends keyof T>(prototype: T, name: K): T[K] {
  const method: unknown = Reflect.get(prototype, name);
  if (typeof method !== 'function') throw new Error(`tslab has no ${String(name)}`);
  return method as T[K];
}

function send(
  server: Server,
  socket: unknown,
  parent: Message,
  type: string,
  content: Content,
): void {
  const message = parent.createReply();
  message.header.msg_type = type;
  message.content = content;
  message.signAndSend(server.connInfo.key, socket);
}

/** Read before the signature is checked, to choose who checks it. */
function typeOf(frames: readonly Buffer[]): string {
  const header = frames[frames.findIndex(frame => DELIMITER.equals(frame)) + 2];
  try {
    return String((JSON.parse(String(header)) as { readonly msg_type?: unknown }).msg_type);
  } catch {
    return '';
  }
}

function remember(history: [number, number, string][], entry: [number, number, string]): void {
  history.push(entry);
  if (history.length > MOST_HISTORY) history.shift();
}

/** This session's inputs, as `history_request` asks for them. tslab keeps none of earlier sessions. */
function chosenHistory(history: readonly [number, number, string][], asked: Content): unknown[] {
  const number = (name: string): number | undefined => {
    const value = asked[name];
    return typeof value === 'number' ? value : undefined;
  };
  const shown = (entries: readonly [number, number, string][]): unknown[] =>
    asked['output'] === true
      ? entries.map(([session, line, input]) => [session, line, [input, null]])
      : [...entries];
  switch (asked['hist_access_type']) {
    case 'range':
      return shown(
        history.filter(
          ([, line]) => line >= (number('start') ?? 0) && line < (number('stop') ?? Infinity),
        ),
      );
    case 'search': {
      const text = typeof asked['pattern'] === 'string' ? asked['pattern'] : '*';
      const pattern = new RegExp(
        `^${text
          .split('')
          .map(letter =>
            letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/\W/, '\\$&'),
          )
          .join('')}$`,
        's',
      );
      return shown(
        history.filter(([, , input]) => pattern.test(input)).slice(-(number('n') ?? MOST_HISTORY)),
      );
    }
    default:
      return shown(history.slice(-(number('n') ?? MOST_HISTORY)));
  }
}
