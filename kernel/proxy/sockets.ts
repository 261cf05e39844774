/** The ten sockets: five at the front that Jupyter connects to, five at the back connected to the kernel. */
import * as zmq from 'zeromq';
import { CHANNELS, endpoint, type Connection } from '../wire/index.ts';

/** Messages that libzmq holds for one peer, its own default and the one of a bare kernel. */
const PIPE_MESSAGES = 1000;
/** Long enough for replies to a client's queued requests; beyond, only the client that does not read loses. */
const REPLY_PIPE_MESSAGES = 10_000;
const LINGER_MS = 1000;

export interface FrontSockets {
  readonly shell: zmq.Router;
  readonly control: zmq.Router;
  readonly stdin: zmq.Router;
  readonly hb: zmq.Router;
  readonly iopub: zmq.XPublisher;
}

export interface BackSockets {
  readonly shell: zmq.Dealer;
  readonly control: zmq.Dealer;
  readonly stdin: zmq.Dealer;
  readonly hb: zmq.Dealer;
  readonly iopub: zmq.Subscriber;
}

/** @throws Error of the address when a port is taken. */
export async function bindFront(connection: Connection): Promise<FrontSockets> {
  const router = (): zmq.Router =>
    new zmq.Router({
      // A client that comes back under its old identity gets its old place.
      handover: true,
      linger: LINGER_MS,
      sendHighWaterMark: REPLY_PIPE_MESSAGES,
    });
  const sockets: FrontSockets = {
    shell: router(),
    control: router(),
    stdin: router(),
    hb: router(),
    iopub: new zmq.XPublisher({
      sendHighWaterMark: PIPE_MESSAGES,
      // Every subscription is told, also a repeated one: each gets its welcome.
      verbosity: 'allSubsUnsubs',
      noDrop: true,
      linger: LINGER_MS,
      // Never queue inside the binding: PublishQueue decides what happens when a pipe is full.
      sendTimeout: 0,
    }),
  };
  await Promise.all(CHANNELS.map(channel => sockets[channel].bind(endpoint(connection, channel))));
  return sockets;
}

/**
 * Connects before the kernel has bound: libzmq tries again until it has.
 *
 * @param identity shared by all, because a kernel routes `input_request` by the identity that it saw on shell.
 */
export function connectBack(connection: Connection, identity: string): BackSockets {
  const retry = { reconnectInterval: 10, reconnectMaxInterval: 20 };
  const dealer = (): zmq.Dealer =>
    new zmq.Dealer({ ...retry, routingId: identity, linger: 0, receiveHighWaterMark: 0 });
  const sockets: BackSockets = {
    shell: dealer(),
    control: dealer(),
    stdin: dealer(),
    hb: dealer(),
    iopub: new zmq.Subscriber({ ...retry, receiveHighWaterMark: 0 }),
  };
  sockets.iopub.subscribe('');
  for (const channel of CHANNELS) sockets[channel].connect(endpoint(connection, channel));
  return sockets;
}

/** Resolves when libzmq has shaken hands on every socket. Call it right after connecting. */
export async function allConnected(sockets: BackSockets): Promise<void> {
  await Promise.all(
    CHANNELS.map(
      channel =>
        new Promise<void>(resolve => {
          const events = sockets[channel].events;
          events.on('handshake', () => {
            resolve();
            events.close();
          });
        }),
    ),
  );
}
