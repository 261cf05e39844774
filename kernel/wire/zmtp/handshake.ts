/**
 * How a ZMTP 3 connection begins (RFC 23, "Connection Greeting" and "The NULL Security Mechanism"). We speak 3.0,
 * which every libzmq since 4.0 (2013) understands and newer ones fall back to; Jupyter uses no other mechanism.
 */
import { encodeCommand, ZmtpError } from './frames.ts';

export type SocketType = 'ROUTER' | 'DEALER' | 'XPUB' | 'SUB';

export const GREETING_BYTES = 64;
const SIGNATURE_BYTES = 10;
const MAJOR_AT = 10;
const MECHANISM_AT = 12;
const MECHANISM_BYTES = 20;

/** Which sockets may be at the other end. */
const PEERS: Readonly<Record<SocketType, readonly string[]>> = {
  ROUTER: ['DEALER', 'REQ', 'ROUTER'],
  DEALER: ['ROUTER', 'REP', 'DEALER'],
  XPUB: ['SUB', 'XSUB'],
  SUB: ['PUB', 'XPUB'],
};

export function greeting(): Buffer {
  const bytes = Buffer.alloc(GREETING_BYTES);
  bytes[0] = 0xff;
  bytes[8] = 1; // an empty identity and its flags, for peers of ZMTP 1
  bytes[9] = 0x7f;
  bytes[MAJOR_AT] = 3;
  bytes.write('NULL', MECHANISM_AT, 'latin1');
  return bytes;
}

/** Looks at as much of a greeting as has come. @throws ZmtpError when it is none that we can talk to. */
export function checkGreeting(bytes: Buffer): void {
  if (bytes.length > 0 && bytes[0] !== 0xff) throw new ZmtpError('no ZMTP greeting');
  if (bytes.length >= SIGNATURE_BYTES && ((bytes[9] as number) & 1) === 0)
    throw new ZmtpError('no ZMTP greeting');
  if (bytes.length > MAJOR_AT && (bytes[MAJOR_AT] as number) < 3)
    throw new ZmtpError(`ZMTP version ${bytes[MAJOR_AT]} is too old`);
  if (bytes.length < GREETING_BYTES) return;
  const mechanism = bytes
    .toString('latin1', MECHANISM_AT, MECHANISM_AT + MECHANISM_BYTES)
    .replace(/\0+$/, '');
  if (mechanism !== 'NULL') throw new ZmtpError('a security mechanism that Jupyter does not use');
}

export function readyCommand(type: SocketType, identity: Buffer): Buffer {
  return encodeCommand(
    Buffer.concat([
      named('READY'),
      property('Socket-Type', Buffer.from(type)),
      property('Identity', identity),
    ]),
  );
}

/** @returns the peer's identity, empty when it has none. @throws ZmtpError when it does not fit to `type`. */
export function readReady(body: Buffer, type: SocketType): Buffer {
  const [name, rest] = splitCommand(body);
  if (name !== 'READY') throw new ZmtpError(`${name} in place of READY`);
  let socketType = '';
  let identity: Buffer = Buffer.alloc(0);
  for (let at = 0; at < rest.length;) {
    const nameBytes = rest[at] as number;
    const valueAt = at + 1 + nameBytes + 4;
    if (valueAt > rest.length) throw new ZmtpError('READY is cut off');
    const key = rest.toString('latin1', at + 1, at + 1 + nameBytes).toLowerCase();
    const valueEnd = valueAt + rest.readUInt32BE(valueAt - 4);
    if (valueEnd > rest.length) throw new ZmtpError('READY is cut off');
    const value = rest.subarray(valueAt, valueEnd);
    if (key === 'socket-type') socketType = value.toString('latin1');
    if (key === 'identity') identity = value;
    at = valueEnd;
  }
  if (!PEERS[type].includes(socketType))
    throw new ZmtpError(`a ${type} socket does not talk to "${socketType}"`);
  if (identity.length > 255) throw new ZmtpError('an identity of more than 255 bytes');
  return identity;
}

/** @returns the command's name and what follows. @throws ZmtpError */
export function splitCommand(body: Buffer): [string, Buffer] {
  const nameBytes = body[0] ?? 0;
  if (nameBytes === 0 || body.length < 1 + nameBytes) throw new ZmtpError('a command has no name');
  return [body.toString('latin1', 1, 1 + nameBytes), body.subarray(1 + nameBytes)];
}

/** The heartbeat's answer (RFC 37): `PING` has a lifetime of two bytes and a context that we must echo. */
export const pongCommand = (pingRest: Buffer): Buffer =>
  encodeCommand(Buffer.concat([named('PONG'), pingRest.subarray(2)]));

const named = (name: string): Buffer =>
  Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1')]);

function property(name: string, value: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(value.length);
  return Buffer.concat([named(name), size, value]);
}
