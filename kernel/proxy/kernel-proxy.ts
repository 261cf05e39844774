/**
 * Stands between Jupyter and the kernel: five channels, every message passed on as the very frames that came.
 *
 * From clients a message must be signed before anything else is done with it; what is not is dropped and counted.
 * From the kernel everything passes, whatever it is. What concerns a cell's run goes through the tap, which decides.
 */
import type * as zmq from 'zeromq';
import {
  JupyterMessage,
  type Connection,
  type JsonObject,
  type Signer,
  type Talk,
} from '../wire/index.ts';
import { CountingLog, type Log } from './log.ts';
import { OwnRequests } from './own-requests.ts';
import { PublishQueue, type PublishLimits } from './publish-queue.ts';
import { SendQueue, type Frames } from './send-queue.ts';
import {
  allConnected,
  bindFront,
  connectBack,
  type BackSockets,
  type FrontSockets,
} from './sockets.ts';
import type { ProxyLink, ProxyTap } from './tap.ts';

export interface ProxyOptions {
  /** Where Jupyter connects. */
  readonly front: Connection;
  /** Where the kernel listens. */
  readonly back: Connection;
  readonly signer: Signer;
  readonly log: Log;
  readonly limits: PublishLimits;
  /** Called when the kernel says that it is going to end. */
  readonly onShutdownReply?: () => void;
}

/** How long iopub may take to prove itself after the kernel answered, and how often it is asked. */
const IOPUB_PROOF_MS = 2000;
const IOPUB_ASK_MS = 100;

export class KernelProxy implements ProxyLink {
  readonly #options: ProxyOptions;
  readonly #own: OwnRequests;
  /** Until the shell is opened with one, everything passes. */
  #tap: ProxyTap;
  readonly #front: FrontSockets;
  readonly #back: BackSockets;
  readonly #up: Readonly<Record<Talk | 'hb', SendQueue>>;
  readonly #down: Readonly<Record<Talk | 'hb', SendQueue>>;
  readonly #publish: PublishQueue;
  readonly #refused: CountingLog;
  readonly #iopubLive: Promise<void>;
  /** Resolves when the kernel has accepted a connection on every socket. */
  readonly connected: Promise<void>;
  #sawIopub: () => void = () => undefined;
  #lastFromKernelMs = 0;
  #passed = false;
  #isShellOpen = false;
  #isClosed = false;

  /** @throws Error of the address when one of Jupyter's ports is taken. */
  static async start(options: ProxyOptions): Promise<KernelProxy> {
    const own = new OwnRequests(options.signer);
    const back = connectBack(options.back, `pyperf-${own.session.id.slice(0, 8)}`);
    const connected = allConnected(back);
    const front = await bindFront(options.front);
    return new KernelProxy(options, own, front, back, connected);
  }

  private constructor(
    options: ProxyOptions,
    own: OwnRequests,
    front: FrontSockets,
    back: BackSockets,
    connected: Promise<void>,
  ) {
    this.#options = options;
    this.#own = own;
    this.#front = front;
    this.#back = back;
    this.connected = connected;
    this.#refused = new CountingLog(options.log, 'dropped messages from clients');
    const lost = new CountingLog(options.log, 'could not pass on a message');
    const queue = (socket: zmq.Dealer | zmq.Router): SendQueue =>
      new SendQueue(socket, reason => {
        if (!this.#isClosed) lost.add(reason);
      });
    const queues = (sockets: FrontSockets | BackSockets): Record<Talk | 'hb', SendQueue> => ({
      shell: queue(sockets.shell),
      control: queue(sockets.control),
      stdin: queue(sockets.stdin),
      hb: queue(sockets.hb),
    });
    this.#up = queues(back);
    this.#down = queues(front);
    const excluded = new CountingLog(options.log, 'a client that does not read loses output');
    this.#publish = new PublishQueue(front.iopub, options.limits, reason => excluded.add(reason));
    this.#iopubLive = new Promise(resolve => (this.#sawIopub = resolve));
    this.#tap = {
      fromClient: (channel, message) => this.toKernel(channel, message),
      fromKernel: (channel, message) => this.toClients(channel, message),
    };
    this.#run();
  }

  toKernel(channel: Talk, message: JupyterMessage): void {
    this.#passed = true;
    this.#up[channel].push(message.frames);
  }

  toClients(channel: Talk | 'iopub', message: JupyterMessage): void {
    this.#passed = true;
    if (channel === 'iopub') this.#publish.push(message.frames);
    else this.#down[channel].push(message.frames);
  }

  request(
    channel: 'shell' | 'control',
    type: string,
    content: JsonObject,
    onPublished?: (message: JupyterMessage) => void,
  ): Promise<JupyterMessage> {
    const { message, reply } = this.#own.create(type, content, onPublished);
    this.#up[channel].push(message.frames);
    return reply;
  }

  /**
   * Asks the kernel for its info until iopub has shown a message, so that none of a client's output can be missed.
   *
   * @returns `kernel_info_reply`. Waits as long as the kernel takes to start. @throws Error when the kernel ends.
   */
  async ready(): Promise<JupyterMessage> {
    const info = await this.request('shell', 'kernel_info_request', {});
    const deadline = performance.now() + IOPUB_PROOF_MS;
    while (performance.now() < deadline) {
      if (await isWithin(this.#iopubLive, IOPUB_ASK_MS)) break;
      await this.request('shell', 'kernel_info_request', {});
    }
    return info;
  }

  /** Starts to read the clients' shell requests, which waited in their sockets until now. */
  openShell(tap?: ProxyTap): void {
    if (this.#isShellOpen) return;
    this.#isShellOpen = true;
    if (tap) this.#tap = tap;
    this.#readClients('shell', message => this.#fromClient('shell', message));
  }

  /** Messages from clients that were dropped because they were forged or malformed. */
  get refusedCount(): number {
    return this.#refused.count;
  }

  /** Waits until the kernel's last words have come and were handed on, at most `maxMs`. */
  async drain(quietMs: number, maxMs: number): Promise<void> {
    const deadline = performance.now() + maxMs;
    this.#lastFromKernelMs = Math.max(this.#lastFromKernelMs, performance.now());
    while (performance.now() < deadline) {
      const quiet = performance.now() - this.#lastFromKernelMs;
      if (quiet >= quietMs && this.#publish.isEmpty) return;
      await new Promise(resolve => setTimeout(resolve, Math.max(5, quietMs - quiet)));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#own.end(new Error('the kernel has ended'));
    for (const socket of [...Object.values(this.#back), ...Object.values(this.#front)])
      socket.close();
  }

  #run(): void {
    this.#readClients('control', message => this.#fromClient('control', message));
    this.#readClients('stdin', message => this.toKernel('stdin', message));
    this.#readKernel('shell', message => this.#reply('shell', message));
    this.#readKernel('control', message => this.#reply('control', message));
    this.#readKernel('stdin', message => this.toClients('stdin', message));
    this.#read(this.#back.iopub, frames => this.#published(frames));
    this.#read(this.#front.iopub, frames => this.#subscribed(frames));
    // The heartbeat is the kernel's own: one that hangs is seen to hang.
    this.#read(this.#front.hb, frames => this.#up.hb.push(frames), this.#up.hb);
    this.#read(this.#back.hb, frames => this.#down.hb.push(frames));
  }

  #readClients(channel: Talk, handle: (message: JupyterMessage) => void): void {
    this.#read(
      this.#front[channel],
      frames => {
        const message = messageOf(frames);
        if (!message) this.#refused.add(`malformed, on ${channel}`);
        else if (!message.verify(this.#options.signer))
          this.#refused.add(`wrong signature, on ${channel}`);
        else handle(message);
      },
      this.#up[channel],
    );
  }

  #readKernel(channel: Talk, handle: (message: JupyterMessage) => void): void {
    this.#read(this.#back[channel], frames => {
      this.#lastFromKernelMs = performance.now();
      const message = messageOf(frames);
      if (message) handle(message);
      else this.#down[channel].push(frames);
    });
  }

  #fromClient(channel: 'shell' | 'control', message: JupyterMessage): void {
    this.#passed = false;
    try {
      this.#tap.fromClient(channel, message);
    } catch (error) {
      this.#tapFailed(error);
      if (!this.#passed) this.toKernel(channel, message);
    }
  }

  #reply(channel: 'shell' | 'control', message: JupyterMessage): void {
    if (this.#own.owns(message)) return this.#own.replied(message);
    if (message.headerBytes.includes('"shutdown_reply"')) this.#options.onShutdownReply?.();
    this.#fromKernel(channel, message);
  }

  #published(frames: Frames): void {
    this.#lastFromKernelMs = performance.now();
    this.#sawIopub();
    const message = messageOf(frames);
    if (!message) return this.#publish.push(frames);
    if (this.#own.owns(message)) return this.#own.published(message);
    // The kernel greets us; clients are greeted by us.
    if (message.headerBytes.includes('"iopub_welcome"')) return;
    this.#fromKernel('iopub', message);
  }

  #fromKernel(channel: 'shell' | 'control' | 'iopub', message: JupyterMessage): void {
    this.#passed = false;
    try {
      this.#tap.fromKernel(channel, message);
    } catch (error) {
      this.#tapFailed(error);
      if (!this.#passed) this.toClients(channel, message);
    }
  }

  #tapFailed(error: unknown): void {
    this.#options.log(`goes on without profiling: ${(error as Error).stack ?? String(error)}`);
  }

  /** A subscription is a frame of one byte, 1 to come and 0 to go, and the topic. */
  #subscribed(frames: Frames): void {
    const frame = frames[0];
    if (frame?.[0] === 0) this.#publish.subscribersChanged(-1);
    if (frame?.[0] !== 1) return;
    this.#publish.subscribersChanged(1);
    const topic = frame.subarray(1);
    const welcome = this.#own.session.message(
      'iopub_welcome',
      { subscription: topic.toString() },
      { identities: [topic] },
    );
    this.#publish.push(welcome.frames);
  }

  /** @param onward where the messages go: reading waits while too many wait there. */
  #read(
    socket: zmq.Dealer | zmq.Router | zmq.Subscriber | zmq.XPublisher,
    handle: (frames: Frames) => void,
    onward?: SendQueue,
  ): void {
    const loop = async (): Promise<void> => {
      while (!socket.closed) {
        handle(await socket.receive());
        if (onward?.isFull) await onward.drained();
      }
    };
    const restart = (error: unknown): void => {
      if (this.#isClosed) return;
      this.#options.log(`a message could not be handled: ${(error as Error).message}`);
      loop().catch(restart);
    };
    loop().catch(restart);
  }
}

function messageOf(frames: Frames): JupyterMessage | undefined {
  try {
    return JupyterMessage.fromFrames(frames);
  } catch {
    return undefined;
  }
}

async function isWithin(promise: Promise<void>, durationMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), durationMs);
  });
  const result = await Promise.race([promise.then(() => true as const), late]);
  clearTimeout(timer);
  return result;
}
