/** A ROUTER: many clients, each known by an identity that precedes its messages. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { listen } from './address.ts';
import type { Frames } from './frames.ts';
import { Peer } from './peer.ts';

export interface RouterOptions {
  /** @param frames the client's identity, then what it sent. @param wire what it sent, as it came. */
  readonly onMessage: (frames: Frames, wire: Buffer | undefined) => void;
  /** A message was not sent: its client has more waiting than `maxBufferedBytes`. */
  readonly onDropped: () => void;
  readonly maxBufferedBytes: number;
}

export class Router {
  readonly #server: Server;
  readonly #options: RouterOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #connections = new Set<Peer>();
  #paused = false;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#server = createServer(socket => {
      const peer = new Peer(socket, {
        type: 'ROUTER',
        onReady: () => this.#ready(peer),
        onMessage: (_, frames, wire) => options.onMessage([peer.identity, ...frames], wire),
        onClosed: () => this.#closed(peer),
      });
      this.#connections.add(peer);
    });
  }

  listen(endpoint: string): Promise<void> {
    return listen(this.#server, endpoint);
  }

  /** Sends to the client that the first frame names; one that is gone misses it. */
  send(frames: Frames, wire: Buffer | undefined): void {
    const peer = frames[0] && this.#peers.get(frames[0].toString('latin1'));
    if (!peer) return;
    if (peer.bufferedBytes > this.#options.maxBufferedBytes) return this.#options.onDropped();
    if (wire) peer.sendEncoded(wire);
    else peer.send(frames.slice(1));
  }

  /** Clients may connect, but what they send waits. */
  pause(): void {
    this.#paused = true;
    for (const peer of this.#peers.values()) peer.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const peer of this.#peers.values()) peer.resume();
  }

  get bufferedBytes(): number {
    let bytes = 0;
    for (const peer of this.#peers.values()) bytes += peer.bufferedBytes;
    return bytes;
  }

  close(): void {
    this.#server.close();
    for (const peer of this.#connections) peer.end();
  }

  #ready(peer: Peer): void {
    // libzmq's own identities: a zero and four random bytes.
    if (peer.identity.length === 0)
      peer.identity = Buffer.concat([Buffer.alloc(1), randomBytes(4)]);
    const key = peer.identity.toString('latin1');
    // A client that comes back before its old connection was seen to break takes its old place.
    this.#peers.get(key)?.destroy();
    this.#peers.set(key, peer);
    if (this.#paused) peer.pause();
  }

  #closed(peer: Peer): void {
    this.#connections.delete(peer);
    const key = peer.identity.toString('latin1');
    if (this.#peers.get(key) === peer) this.#peers.delete(key);
  }
}
