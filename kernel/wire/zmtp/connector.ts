/** A DEALER or SUB connected to one kernel. It may begin before the kernel listens, and tries until it does. */
import { connect } from 'node:net';
import { parseEndpoint, type Address } from './address.ts';
import { encodeMessage, type Frames } from './frames.ts';
import { Peer } from './peer.ts';

export interface ConnectorOptions {
  readonly type: 'DEALER' | 'SUB';
  readonly endpoint: string;
  readonly identity?: string;
  readonly onMessage: (frames: Frames, wire: Buffer | undefined) => void;
  /** What was sent has gone to the kernel. */
  readonly onDrain?: () => void;
}

const RETRY_MS = 10;
/** A SUB asks for everything: ZMTP 3.0's subscription message with an empty topic. */
const SUBSCRIBE_ALL = Buffer.from([1]);

export class Connector {
  /** Resolves after the first handshake. */
  readonly connected: Promise<void>;
  readonly #options: ConnectorOptions;
  readonly #address: Address;
  #peer: Peer | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isClosed = false;
  #onConnected: () => void = () => undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#address = parseEndpoint(options.endpoint);
    this.connected = new Promise(resolve => (this.#onConnected = resolve));
    this.#connect();
  }

  send(frames: Frames): void {
    for (const piece of encodeMessage(frames)) this.sendEncoded(piece);
  }

  sendEncoded(bytes: Buffer): void {
    if (this.#peer) return this.#peer.sendEncoded(bytes);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  get bufferedBytes(): number {
    return this.#waitingBytes + (this.#peer?.bufferedBytes ?? 0);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#peer?.destroy();
  }

  #connect(): void {
    const socket = connect(this.#address);
    // A kernel that does not listen yet refuses; `close` follows and we try again.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (!this.#isClosed) this.#retry = setTimeout(() => this.#connect(), RETRY_MS);
    });
    socket.once('connect', () => {
      const { type, identity } = this.#options;
      new Peer(socket, {
        type,
        ...(identity !== undefined && { identity: Buffer.from(identity) }),
        onReady: peer => this.#ready(peer),
        onMessage: (_, frames, wire) => this.#options.onMessage(frames, wire),
        onDrain: () => this.#options.onDrain?.(),
        onClosed: () => (this.#peer = undefined),
      });
    });
  }

  #ready(peer: Peer): void {
    this.#peer = peer;
    if (this.#options.type === 'SUB') peer.send([SUBSCRIBE_ALL]);
    for (const bytes of this.#waiting) peer.sendEncoded(bytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#onConnected();
  }
}
