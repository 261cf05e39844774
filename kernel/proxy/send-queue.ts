/**
 * Sends of one socket, one after another: zeromq.js refuses a second send while one is pending, and a message would be
 * lost. Order is the order of `push`.
 */
import type * as zmq from 'zeromq';

export type Frames = readonly Buffer[];

/** A reader stops reading while more than this waits for the other side. */
const HIGH_MESSAGES = 64;

export class SendQueue {
  readonly #socket: zmq.Dealer | zmq.Router;
  readonly #onLost: (reason: string) => void;
  #waiting: Frames[] = [];
  #pumping = false;
  #onDrained: (() => void)[] = [];

  /** @param onLost told when the socket refuses a message, for example because it is closed. */
  constructor(socket: zmq.Dealer | zmq.Router, onLost: (reason: string) => void) {
    this.#socket = socket;
    this.#onLost = onLost;
  }

  push(frames: Frames): void {
    this.#waiting.push(frames);
    if (!this.#pumping) void this.#pump();
  }

  get isFull(): boolean {
    return this.#waiting.length > HIGH_MESSAGES;
  }

  get isEmpty(): boolean {
    return !this.#pumping;
  }

  /** Resolves once everything pushed so far was taken by the socket. */
  drained(): Promise<void> {
    if (!this.#pumping) return Promise.resolve();
    return new Promise(resolve => this.#onDrained.push(resolve));
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const frames of batch) {
        try {
          await this.#socket.send(frames as Buffer[]);
        } catch (error) {
          this.#onLost((error as Error).message);
        }
      }
    }
    this.#pumping = false;
    const callbacks = this.#onDrained;
    this.#onDrained = [];
    for (const callback of callbacks) callback();
  }
}
