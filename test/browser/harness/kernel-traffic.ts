/** What a page and its kernels said to each other, for the message of a test that fails. */
import type { BrowserContext, WebSocket } from '@playwright/test';

const MOST_MESSAGES = 120;
/** Of a message's text; buffers of the newer WebSocket protocol hold the JSON as it is. */
const FIELDS = ['msg_type', 'execution_state', 'type', 'comm_id', 'cellId', 'session'] as const;

export class KernelTraffic {
  readonly #heard: {
    readonly atMs: number;
    readonly what: string;
    readonly payload: string | Buffer;
  }[] = [];
  readonly #startMs = Date.now();

  constructor(context: BrowserContext) {
    context.on('page', page => page.on('websocket', socket => this.#listen(socket)));
  }

  /** The newest messages, oldest first. */
  toString(): string {
    return this.#heard
      .map(
        ({ atMs, what, payload }) => `${(atMs / 1000).toFixed(2)} s ${what} ${describe(payload)}`,
      )
      .join('\n');
  }

  #listen(socket: WebSocket): void {
    if (!/\/api\/kernels\/[^/]+\/channels/.test(socket.url())) return;
    this.#note('opened');
    socket.on('framesent', ({ payload }) => this.#note('→', payload));
    socket.on('framereceived', ({ payload }) => this.#note('←', payload));
    socket.on('close', () => this.#note('closed'));
  }

  /** What a message holds is looked at when a test has failed, not while one runs. */
  #note(what: string, payload: string | Buffer = ''): void {
    this.#heard.push({ atMs: Date.now() - this.#startMs, what, payload });
    if (this.#heard.length > MOST_MESSAGES) this.#heard.shift();
  }
}

function describe(payload: string | Buffer): string {
  const text = payload.toString('utf8');
  const found = FIELDS.flatMap(field =>
    [...text.matchAll(new RegExp(`"${field}": ?"([^"]{1,40})`, 'g'))]
      .slice(0, 2)
      .map(match => `${field}=${match[1] ?? ''}`),
  );
  return `${found.join(' ')} (${text.length})`;
}
