/**
 * What waits for iopub's subscribers.
 *
 * libzmq keeps a pipe of limited length for each subscriber. With `noDrop`, a full pipe makes the send fail with
 * EAGAIN, and we keep the message here and try again: nothing is lost for clients that read, however fast the kernel
 * prints. A client that does not read must not hold up the others for ever, nor fill our memory. So when the backlog
 * passes its limit, or when somebody else has waited too long, one message is sent without `noDrop`: libzmq drops it
 * for the full pipes alone, and leaves those out of everything until their client has read half of what it has
 * (libzmq's `dist_t`: a pipe that failed a write is passive until it becomes writable). `noDrop` is then switched back
 * on: for the others nothing has changed.
 */
import type * as zmq from 'zeromq';
import type { Frames } from './send-queue.ts';

export interface PublishLimits {
  /** Bytes that may wait here before the clients that do not read lose messages. */
  readonly maxBacklogBytes: number;
  /** How long a client that does not read may hold up another. */
  readonly maxStallMs: number;
}

/** A frame's share of memory beside its bytes: JavaScript objects and libzmq's message. */
const FRAME_OVERHEAD_BYTES = 200;
const RETRY_MS = 1;
/** A client that reads at all has emptied some of its pipe after this long; without this one would lose messages too. */
const MIN_STALL_MS = 100;

export class PublishQueue {
  readonly #socket: zmq.XPublisher;
  readonly #limits: PublishLimits;
  readonly #onExcluded: (reason: string) => void;
  #waiting: Frames[] = [];
  #sending: Frames[] = [];
  #backlogBytes = 0;
  #pumping = false;
  #stalledSinceMs: number | undefined;
  #subscriptions = 0;
  #onDrained: (() => void)[] = [];

  /** @param onExcluded told each time that a client is left behind. */
  constructor(socket: zmq.XPublisher, limits: PublishLimits, onExcluded: (reason: string) => void) {
    this.#socket = socket;
    this.#limits = limits;
    this.#onExcluded = onExcluded;
  }

  /** Called for every subscription that comes or goes. */
  subscribersChanged(by: 1 | -1): void {
    this.#subscriptions = Math.max(0, this.#subscriptions + by);
  }

  get isEmpty(): boolean {
    return !this.#pumping;
  }

  push(frames: Frames): void {
    this.#waiting.push(frames);
    this.#backlogBytes += sizeOf(frames);
    if (!this.#pumping) void this.#pump();
  }

  /** Resolves once libzmq has taken everything pushed so far. */
  drained(): Promise<void> {
    if (!this.#pumping) return Promise.resolve();
    return new Promise(resolve => this.#onDrained.push(resolve));
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      this.#sending = this.#waiting;
      this.#waiting = [];
      for (const [index, frames] of this.#sending.entries()) {
        await this.#publish(frames);
        this.#backlogBytes -= sizeOf(frames);
        this.#sending[index] = []; // what libzmq has is not ours to keep
      }
    }
    this.#sending = [];
    this.#pumping = false;
    const callbacks = this.#onDrained;
    this.#onDrained = [];
    for (const callback of callbacks) callback();
  }

  async #publish(frames: Frames): Promise<void> {
    for (;;) {
      try {
        await this.#socket.send(frames as Buffer[]);
        this.#stalledSinceMs = undefined;
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return; // closed: the hook is going down
      }
      const reason = this.#reasonToExclude();
      if (reason !== undefined) {
        this.#onExcluded(reason);
        this.#stalledSinceMs = undefined;
        await this.#publishToThoseWhoRead(frames);
        return;
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }

  #reasonToExclude(): string | undefined {
    const now = performance.now();
    this.#stalledSinceMs ??= now;
    const stalledMs = now - this.#stalledSinceMs;
    if (stalledMs < MIN_STALL_MS) return undefined;
    if (this.#backlogBytes > this.#limits.maxBacklogBytes)
      return `${Math.round(this.#backlogBytes / 1e6)} MB were waiting`;
    if (this.#subscriptions > 1 && stalledMs > this.#limits.maxStallMs)
      return `it held up other clients for ${Math.round(stalledMs)} ms`;
    return undefined;
  }

  async #publishToThoseWhoRead(frames: Frames): Promise<void> {
    this.#socket.noDrop = false;
    try {
      await this.#socket.send(frames as Buffer[]);
    } catch {
      // Closed: the hook is going down.
    } finally {
      this.#socket.noDrop = true;
    }
  }
}

function sizeOf(frames: Frames): number {
  let bytes = frames.length * FRAME_OVERHEAD_BYTES;
  for (const frame of frames) bytes += frame.length;
  return bytes;
}
