/**
 * A channel whose messages may have to wait for something, without ever changing places.
 *
 * `hold` keeps everything that comes; `release` lets it go on, through the same handler, in the order in which it
 * came. The handler may hold again at any message.
 */
import type { JupyterMessage } from '../wire/message.ts';

type Handler = (message: JupyterMessage) => void;

export class OrderedChannel {
  readonly #handle: Handler;
  #waiting: JupyterMessage[] = [];
  #held = false;
  #draining = false;

  constructor(handle: Handler) {
    this.#handle = handle;
  }

  push(message: JupyterMessage): void {
    if (this.#held || this.#draining) this.#waiting.push(message);
    else this.#handle(message);
  }

  hold(): void {
    this.#held = true;
  }

  /** @param once handles, in place of the usual handler, what is waiting now. */
  release(once: Handler = this.#handle): void {
    this.#held = false;
    if (this.#draining) return;
    this.#draining = true;
    let next = 0;
    const known = this.#waiting.length;
    try {
      // Index by index, and cut once at the end: what comes in meanwhile goes to the end of the same array.
      while (!this.#held && next < this.#waiting.length) {
        const message = this.#waiting[next] as JupyterMessage;
        (next++ < known ? once : this.#handle)(message);
      }
    } finally {
      this.#waiting = this.#waiting.slice(next);
      this.#draining = false;
    }
  }
}
