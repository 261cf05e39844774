/** What a page and its kernels said to each other, for the message of a test that fails. */
import type { BrowserContext, WebSocket } from '@playwright/test';

const MOST_LINES = 120;
/** Of a message's text; buffers of the newer WebSocket protocol hold the JSON as it is. */
const FIELDS = ['msg_type', 'execution_state', 'type', 'comm_id', 'cellId', 'session'] as const;

export class KernelTraffic {
  readonly #lines: string[] = [];
  readonly #startMs = Date.now();

  constructor(context: BrowserContext) {
    context.on('page', page => page.on('websocket', socket => this.#listen(socket)));
  }

  /** The newest messages, oldest first. */
  toString(): string {
    return this.#lines.join('\n');
  }

  #listen(socket: WebSocket): void {
    if (!/\/api\/kernels\/[^/]+\/channels/.test(socket.url())) return;
    this.#note('opened', socket.url().replace(/\?.*/, ''));
    socket.on('framesent', ({ payload }) => this.#note('→', describe(payload)));
    socket.on('framereceived', ({ payload }) => this.#note('←', describe(payload)));
    socket.on('close', () => this.#note('closed', ''));
  }

  #note(what: string, text: string): void {
    this.#lines.push(`${((Date.now() - this.#startMs) / 1000).toFixed(2)} s ${what} ${text}`);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
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
