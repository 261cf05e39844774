/** One ZMTP connection over a stream: greeting, then messages both ways. */
import type { Socket } from 'node:net';
import { encodeMessage, FrameReader, ZmtpError, type Frames } from './frames.ts';
import {
  checkGreeting,
  greeting,
  GREETING_BYTES,
  pongCommand,
  readReady,
  readyCommand,
  splitCommand,
  type SocketType,
} from './handshake.ts';

export interface PeerOptions {
  readonly type: SocketType;
  readonly identity?: Buffer;
  /** The handshake is done; messages may follow at once. */
  readonly onReady: (peer: Peer) => void;
  readonly onMessage: (peer: Peer, frames: Frames, wire: Buffer | undefined) => void;
  readonly onClosed: (peer: Peer, reason: Error | undefined) => void;
  readonly onDrain?: (peer: Peer) => void;
  /** ZMTP 3.1 subscribes by command; both ways end here. */
  readonly onSubscription?: (peer: Peer, isOn: boolean, topic: Buffer) => void;
}

/** libzmq's own limit: who has not introduced itself by then is no client. */
const HANDSHAKE_MS = 30_000;

/** Up to here one copy and one plain write are quicker than a gathered one. */
const JOINED_BYTES = 16_384;

export class Peer {
  /** Of the other end, as it named itself; empty before the handshake and when it has none. */
  identity: Buffer = Buffer.alloc(0);
  readonly #socket: Socket;
  readonly #options: PeerOptions;
  readonly #reader: FrameReader;
  #greeting: Buffer | undefined = Buffer.alloc(0);
  #isReady = false;
  #error: Error | undefined;
  /** Written at the end of this turn of the event loop, together. */
  #out: Buffer[] = [];
  #outBytes = 0;

  constructor(socket: Socket, options: PeerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = new FrameReader({
      message: (frames, wire) => {
        if (!this.#isReady) throw new ZmtpError('a message before READY');
        options.onMessage(this, frames, wire);
      },
      command: body => this.#command(body),
    });
    socket.setNoDelay(true);
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#guarded(() => this.#received(chunk)));
    socket.on('drain', () => options.onDrain?.(this));
    socket.on('error', error => (this.#error ??= error));
    socket.on('close', () => options.onClosed(this, this.#error));
    socket.write(greeting());
  }

  /** Bytes that wait to be taken by the operating system. */
  get bufferedBytes(): number {
    return this.#outBytes + this.#socket.writableLength;
  }

  send(frames: Frames): void {
    for (const piece of encodeMessage(frames)) this.sendEncoded(piece);
  }

  /** @param bytes whole frames; a message may be given in several calls that follow each other. */
  sendEncoded(bytes: Buffer): void {
    if (this.#out.length === 0) process.nextTick(() => this.#flush());
    const last = this.#out.at(-1);
    // Messages that came in one piece and go on unchanged leave in one piece.
    if (
      last &&
      last.buffer === bytes.buffer &&
      last.byteOffset + last.length === bytes.byteOffset
    ) {
      const merged = Buffer.from(last.buffer, last.byteOffset, last.length + bytes.length);
      this.#out[this.#out.length - 1] = merged;
    } else this.#out.push(bytes);
    this.#outBytes += bytes.length;
  }

  /** Stops reading: the other end must wait with what it sends. */
  pause(): void {
    this.#reader.pause();
    if (this.#isReady) this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
    this.#guarded(() => this.#reader.resume());
  }

  /** Ends the connection after what was sent has gone. */
  end(): void {
    this.#flush();
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #flush(): void {
    const out = this.#out;
    const bytes = this.#outBytes;
    this.#out = [];
    this.#outBytes = 0;
    if (this.#socket.destroyed) return;
    if (out.length > 1 && bytes <= JOINED_BYTES) {
      this.#socket.write(Buffer.concat(out, bytes));
      return;
    }
    if (out.length > 1) this.#socket.cork();
    for (const piece of out) this.#socket.write(piece);
    if (out.length > 1) this.#socket.uncork();
  }

  #received(chunk: Buffer): void {
    if (!this.#greeting) return this.#reader.push(chunk);
    const bytes = Buffer.concat([this.#greeting, chunk]);
    checkGreeting(bytes);
    if (bytes.length < GREETING_BYTES) {
      this.#greeting = bytes;
      return;
    }
    this.#greeting = undefined;
    this.#socket.write(readyCommand(this.#options.type, this.#options.identity ?? Buffer.alloc(0)));
    if (bytes.length > GREETING_BYTES) this.#reader.push(bytes.subarray(GREETING_BYTES));
  }

  #command(body: Buffer): void {
    if (!this.#isReady) {
      this.identity = readReady(body, this.#options.type);
      this.#isReady = true;
      this.#socket.setTimeout(0);
      this.#options.onReady(this);
      return;
    }
    const [name, rest] = splitCommand(body);
    switch (name) {
      case 'PING':
        return this.sendEncoded(pongCommand(rest));
      case 'SUBSCRIBE':
        return this.#options.onSubscription?.(this, true, rest);
      case 'CANCEL':
        return this.#options.onSubscription?.(this, false, rest);
      default: // PONG, and what later versions may add
    }
  }

  /** Bytes that are not ZMTP end this connection and nothing else. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      this.#socket.destroy(error);
    }
  }
}
