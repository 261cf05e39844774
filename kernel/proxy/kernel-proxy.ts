/**
 * Stands between Jupyter and the kernel: five channels, every message passed on as the very frames that came.
 *
 * From clients a message must be signed before anything else is done with it; what is not is dropped and counted.
 * From the kernel everything passes, whatever it is. What concerns a cell's run goes through the tap, which decides.
 */
import {
  CHANNELS,
  endpoint,
  JupyterMessage,
  type Connection,
  type JsonObject,
  type Signer,
  type Talk,
} from '../wire/index.ts';
import {
  Connector,
  encodeFirstFrame,
  Publisher,
  Router,
  withoutFirstFrame,
  type Frames,
} from '../wire/zmtp/index.ts';
import { CountingLog, type Log } from './log.ts';
import { OwnRequests } from './own-requests.ts';
import type { ProxyLink, ProxyTap } from './tap.ts';

export interface ProxyOptions {
  /** Where Jupyter connects. */
  readonly front: Connection;
  /** Where the kernel listens. */
  readonly back: Connection;
  readonly signer: Signer;
  readonly log: Log;
  /** What may wait for one client that does not read; beyond, it loses messages, and it alone. */
  readonly maxBacklogBytes: number;
  /** Called when the kernel says that it is going to end. */
  readonly onShutdownReply?: () => void;
}

/** Talk that each side routes to the other, the heartbeat included. */
type Routed = Talk | 'hb';
const ROUTED: readonly Routed[] = ['shell', 'control', 'stdin', 'hb'];

/** Clients must wait with their requests while more than this waits for the kernel. */
const MAX_REQUEST_BYTES = 8e6;
/** How long iopub may take to prove itself after the kernel answered, and how often it is asked. */
const IOPUB_PROOF_MS = 2000;
const IOPUB_ASK_MS = 100;
/** A kernel that answers has bound all its sockets; one that lacks a socket shall work with the others. */
const CONNECT_REST_MS = 5000;

export class KernelProxy implements ProxyLink {
  readonly #options: ProxyOptions;
  readonly #own: OwnRequests;
  /** Until the shell is opened with one, everything passes. */
  #tap: ProxyTap;
  readonly #front: Readonly<Record<Routed, Router>>;
  readonly #back: Readonly<Record<Routed | 'iopub', Connector>>;
  readonly #publisher: Publisher;
  readonly #refused: CountingLog;
  readonly #failed: CountingLog;
  readonly #iopubLive: Promise<void>;
  /** Resolves when the kernel has accepted a connection on every socket. */
  readonly #connected: Promise<void>;
  #sawIopub: () => void = () => undefined;
  #lastFromKernelMs = 0;
  #passed = false;
  #isShellOpen = false;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#own = new OwnRequests(options.signer);
    this.#refused = new CountingLog(options.log, 'dropped messages from clients');
    this.#failed = new CountingLog(options.log, 'could not handle a message');
    this.#iopubLive = new Promise(resolve => (this.#sawIopub = resolve));
    this.#tap = {
      fromClient: (channel, message) => this.toKernel(channel, message),
      fromKernel: (channel, message) => this.toClients(channel, message),
    };
    const lost = new CountingLog(options.log, 'a client that does not read loses messages');
    const onDropped = (): void => lost.add(`over ${options.maxBacklogBytes} bytes wait for it`);
    const limits = { onDropped, maxBufferedBytes: options.maxBacklogBytes };
    this.#publisher = new Publisher({
      ...limits,
      onSubscribed: (topic, send) => send(this.#welcome(topic)),
    });
    this.#front = byChannel(
      channel =>
        new Router({
          ...limits,
          onMessage: (frames, wire) => this.#safely(() => this.#asked(channel, frames, wire)),
        }),
    );
    const identity = `pyperf-${this.#own.session.id.slice(0, 8)}`;
    const connector = (
      channel: Routed | 'iopub',
      onMessage: (frames: Frames, wire: Buffer | undefined) => void,
    ): Connector =>
      new Connector({
        type: channel === 'iopub' ? 'SUB' : 'DEALER',
        endpoint: endpoint(options.back, channel),
        // One for all: a kernel routes `input_request` by the identity that it saw on shell.
        identity,
        onMessage: (frames, wire) => this.#safely(() => onMessage(frames, wire)),
        ...(channel !== 'iopub' && { onDrain: () => this.#relieved(channel) }),
      });
    this.#back = {
      ...byChannel(channel =>
        connector(channel, (frames, wire) => this.#answered(channel, frames, wire)),
      ),
      iopub: connector('iopub', (frames, wire) => this.#published(frames, wire)),
    };
    this.#connected = Promise.all(CHANNELS.map(channel => this.#back[channel].connected)).then();
    this.#front.shell.pause();
  }

  /** @throws Error of the address when one of Jupyter's ports is taken. */
  async listen(): Promise<void> {
    const { front } = this.#options;
    await Promise.all([
      this.#publisher.listen(endpoint(front, 'iopub')),
      ...ROUTED.map(channel => this.#front[channel].listen(endpoint(front, channel))),
    ]);
  }

  toKernel(channel: Talk, message: JupyterMessage): void {
    this.#passed = true;
    this.#up(channel, message.frames, message.wire);
  }

  toClients(channel: Talk | 'iopub', message: JupyterMessage): void {
    this.#passed = true;
    if (channel === 'iopub') this.#publisher.publish(message.frames, message.wire);
    else this.#front[channel].send(message.frames, message.wire);
  }

  request(
    channel: 'shell' | 'control',
    type: string,
    content: JsonObject,
    onPublished?: (message: JupyterMessage) => void,
  ): Promise<JupyterMessage> {
    const { message, reply } = this.#own.create(type, content, onPublished);
    this.#back[channel].send(message.frames);
    return reply;
  }

  /**
   * Asks the kernel for its info until iopub has shown a message, so that none of a client's output can be missed,
   * and waits for the connections of the other sockets.
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
    await isWithin(this.#connected, CONNECT_REST_MS);
    return info;
  }

  /** Starts to read the clients' shell requests, which waited in their sockets until now. */
  openShell(tap?: ProxyTap): void {
    if (this.#isShellOpen) return;
    this.#isShellOpen = true;
    if (tap) this.#tap = tap;
    this.#relieved('shell');
  }

  /** Messages from clients that were dropped because they were forged or malformed. */
  get refusedCount(): number {
    return this.#refused.count;
  }

  /** Waits until the kernel's last words have come and were handed on, at most `maxMs`. */
  async drain(quietMs: number, maxMs: number): Promise<void> {
    const deadline = performance.now() + maxMs;
    this.#lastFromKernelMs = performance.now();
    while (performance.now() < deadline) {
      const quiet = performance.now() - this.#lastFromKernelMs;
      if (quiet >= quietMs && this.#bufferedBytes === 0) return;
      await new Promise(resolve => setTimeout(resolve, Math.max(5, quietMs - quiet)));
    }
  }

  close(): void {
    this.#own.end(new Error('the kernel has ended'));
    for (const socket of Object.values(this.#back)) socket.close();
    for (const socket of Object.values(this.#front)) socket.close();
    this.#publisher.close();
  }

  get #bufferedBytes(): number {
    let bytes = this.#publisher.bufferedBytes;
    for (const router of Object.values(this.#front)) bytes += router.bufferedBytes;
    return bytes;
  }

  /** One message that trips us must not take those behind it along. */
  #safely(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      this.#failed.add((error as Error).stack ?? String(error));
    }
  }

  /** From a client. */
  #asked(channel: Routed, frames: Frames, wire: Buffer | undefined): void {
    // The heartbeat is the kernel's own: one that hangs is seen to hang.
    if (channel === 'hb') return this.#up(channel, frames, wire);
    const message = messageOf(frames, wire);
    if (!message) return this.#refused.add(`malformed, on ${channel}`);
    if (!message.verify(this.#options.signer))
      return this.#refused.add(`wrong signature, on ${channel}`);
    if (channel === 'stdin') this.toKernel(channel, message);
    else this.#fromClient(channel, message);
  }

  /** @param wire the frames after the first. */
  #up(channel: Routed, frames: Frames, wire: Buffer | undefined): void {
    const socket = this.#back[channel];
    if (wire && frames[0]) {
      socket.sendEncoded(encodeFirstFrame(frames[0]));
      socket.sendEncoded(wire);
    } else socket.send(frames);
    if (socket.bufferedBytes > MAX_REQUEST_BYTES) this.#front[channel].pause();
  }

  /** The kernel has taken what waited for it. */
  #relieved(channel: Routed): void {
    if (channel === 'shell' && !this.#isShellOpen) return;
    if (this.#back[channel].bufferedBytes <= MAX_REQUEST_BYTES) this.#front[channel].resume();
  }

  /** From the kernel, to one client. */
  #answered(channel: Routed, frames: Frames, wire: Buffer | undefined): void {
    this.#lastFromKernelMs = performance.now();
    const forClient = wire && withoutFirstFrame(wire);
    const message = channel === 'hb' ? undefined : messageOf(frames, forClient);
    if (!message || channel === 'hb') this.#front[channel].send(frames, forClient);
    else if (channel === 'stdin') this.toClients(channel, message);
    else this.#reply(channel, message);
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

  #published(frames: Frames, wire: Buffer | undefined): void {
    this.#lastFromKernelMs = performance.now();
    this.#sawIopub();
    const message = messageOf(frames, wire);
    if (!message) return this.#publisher.publish(frames, wire);
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
    this.#failed.add(`not profiled: ${(error as Error).stack ?? String(error)}`);
  }

  #welcome(topic: Buffer): Frames {
    const content = { subscription: topic.toString() };
    return this.#own.session.message('iopub_welcome', content, { identities: [topic] }).frames;
  }
}

const byChannel = <T>(make: (channel: Routed) => T): Record<Routed, T> => ({
  shell: make('shell'),
  control: make('control'),
  stdin: make('stdin'),
  hb: make('hb'),
});

function messageOf(frames: Frames, wire: Buffer | undefined): JupyterMessage | undefined {
  try {
    return JupyterMessage.fromFrames(frames, wire);
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
