/**
 * An XPUB: each subscriber gets what begins with a topic that it asked for.
 *
 * Every subscriber has its own queue, so one that does not read holds up nobody. Past a limit it loses messages, whole
 * ones, until it has read again; the others lose none.
 */
import { createServer, type Server } from 'node:net';
import { listen } from './address.ts';
import { encodeMessage, type Frames } from './frames.ts';
import { Peer } from './peer.ts';

export interface PublisherOptions {
  /** A subscription has come; `send` reaches this subscriber alone. */
  readonly onSubscribed: (topic: Buffer, send: (frames: Frames) => void) => void;
  /** A message was dropped for one subscriber. */
  readonly onDropped: () => void;
  /** What may wait for one subscriber. */
  readonly maxBufferedBytes: number;
}

interface Subscriber {
  readonly peer: Peer;
  topics: Buffer[];
  /** It has lost messages, and gets none until half of what waits has gone. */
  isBehind: boolean;
}

export class Publisher {
  readonly #server: Server;
  readonly #options: PublisherOptions;
  readonly #subscribers = new Map<Peer, Subscriber>();

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#server = createServer(socket => {
      const peer = new Peer(socket, {
        type: 'XPUB',
        onReady: () => undefined,
        onMessage: (_, frames) => this.#subscriptionMessage(peer, frames),
        onSubscription: (_, isOn, topic) => this.#subscription(peer, isOn, topic),
        onClosed: () => this.#subscribers.delete(peer),
      });
      this.#subscribers.set(peer, { peer, topics: [], isBehind: false });
    });
  }

  listen(endpoint: string): Promise<void> {
    return listen(this.#server, endpoint);
  }

  publish(frames: Frames, wire: Buffer | undefined): void {
    const topic = frames[0];
    if (!topic) return;
    let pieces = wire && [wire];
    for (const subscriber of this.#subscribers.values()) {
      if (!subscriber.topics.some(wanted => startsWith(topic, wanted))) continue;
      if (this.#mustWait(subscriber)) {
        this.#options.onDropped();
        continue;
      }
      pieces ??= encodeMessage(frames);
      for (const piece of pieces) subscriber.peer.sendEncoded(piece);
    }
  }

  /** What waits for subscribers that read. */
  get bufferedBytes(): number {
    let bytes = 0;
    for (const { peer, isBehind } of this.#subscribers.values())
      if (!isBehind) bytes += peer.bufferedBytes;
    return bytes;
  }

  close(): void {
    this.#server.close();
    for (const { peer } of this.#subscribers.values()) peer.end();
  }

  #mustWait(subscriber: Subscriber): boolean {
    const limit = this.#options.maxBufferedBytes;
    const waiting = subscriber.peer.bufferedBytes;
    subscriber.isBehind = subscriber.isBehind ? waiting > limit / 2 : waiting > limit;
    return subscriber.isBehind;
  }

  /** ZMTP 3.0 subscribes by a message of one frame: 1 to come, 0 to go, then the topic. */
  #subscriptionMessage(peer: Peer, frames: Frames): void {
    const [frame] = frames;
    const sign = frame?.[0];
    if (!frame || frames.length > 1 || (sign !== 0 && sign !== 1)) return;
    this.#subscription(peer, sign === 1, frame.subarray(1));
  }

  #subscription(peer: Peer, isOn: boolean, topic: Buffer): void {
    const subscriber = this.#subscribers.get(peer);
    if (!subscriber) return;
    if (!isOn) {
      const index = subscriber.topics.findIndex(known => known.equals(topic));
      if (index >= 0) subscriber.topics.splice(index, 1);
      return;
    }
    subscriber.topics.push(Buffer.from(topic));
    this.#options.onSubscribed(topic, frames => peer.send(frames));
  }
}

const startsWith = (bytes: Buffer, prefix: Buffer): boolean =>
  prefix.length === 0 ||
  (bytes.length >= prefix.length &&
    bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0);
