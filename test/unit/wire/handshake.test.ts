import { expect, test } from 'vitest';
import { ZmtpError } from '../../../kernel/wire/zmtp/frames.ts';
import {
  checkGreeting,
  greeting,
  GREETING_BYTES,
  pongCommand,
  readReady,
  readyCommand,
} from '../../../kernel/wire/zmtp/handshake.ts';
import { parseEndpoint } from '../../../kernel/wire/zmtp/address.ts';
import { Random } from '../../support/random.ts';

/** Recorded from libzmq 4.3.5, a DEALER with the identity "abc". */
const LIBZMQ_GREETING = Buffer.from(`ff00000000000000047f03014e554c4c${'00'.repeat(48)}`, 'hex');

test("our greeting is ZMTP 3.0's, and libzmq's is understood", () => {
  const bytes = greeting();
  expect(bytes).toHaveLength(GREETING_BYTES);
  expect(bytes.subarray(0, 16).toString('hex')).toBe('ff00000000000000017f03004e554c4c');
  expect(() => checkGreeting(bytes)).not.toThrow();
  expect(LIBZMQ_GREETING).toHaveLength(GREETING_BYTES);
  expect(() => checkGreeting(LIBZMQ_GREETING)).not.toThrow();
});

test('what is no greeting is refused as soon as it shows', () => {
  expect(() => checkGreeting(Buffer.from('GET / HTTP/1.1'))).toThrow(ZmtpError);
  const old = greeting();
  old[10] = 1;
  expect(() => checkGreeting(old.subarray(0, 11))).toThrow(/too old/);
  const curve = greeting();
  curve.write('CURVE', 12);
  expect(() => checkGreeting(curve)).toThrow(/mechanism/);
});

const bodyOf = (command: Buffer): Buffer => command.subarray(2);

test('READY carries type and identity', () => {
  const ready = bodyOf(readyCommand('DEALER', Buffer.from('me')));
  expect(readReady(ready, 'ROUTER').toString()).toBe('me');
  expect(() => readReady(ready, 'XPUB')).toThrow(/does not talk to "DEALER"/);
});

test("libzmq's own READY is understood", () => {
  const recorded =
    '0552454144590b536f636b65742d54797065000000064445414c4552084964656e7469747900000003616263';
  expect(readReady(Buffer.from(recorded, 'hex'), 'ROUTER').toString()).toBe('abc');
});

test('a damaged READY is refused, never another error', () => {
  const ready = bodyOf(readyCommand('DEALER', Buffer.from('me')));
  const random = new Random(7);
  for (let round = 0; round < 3000; round++) {
    const damaged = Buffer.from(ready.subarray(0, random.below(ready.length + 1)));
    if (damaged.length > 0) damaged[random.below(damaged.length)] = random.below(256);
    try {
      readReady(damaged, 'ROUTER');
    } catch (error) {
      expect(error).toBeInstanceOf(ZmtpError);
    }
  }
});

test('PONG echoes the context of PING, not its lifetime', () => {
  expect(bodyOf(pongCommand(Buffer.from([0, 10, 120, 121]))).toString('latin1')).toBe('\x04PONGxy');
});

test.each([
  ['tcp://127.0.0.1:80', { host: '127.0.0.1', port: 80 }],
  ['tcp://*:5555', { host: '0.0.0.0', port: 5555 }],
  ['tcp://[::1]:5555', { host: '::1', port: 5555 }],
  ['ipc:///tmp/a b-1', { path: '/tmp/a b-1' }],
])('endpoint %s', (endpoint, address) => {
  expect(parseEndpoint(endpoint)).toEqual(address);
});

test('another transport is refused', () => {
  expect(() => parseEndpoint('udp://127.0.0.1:80')).toThrow(/no address/);
});
