import { describe, expect, test } from 'vitest';
import {
  createSigner,
  JupyterMessage,
  MalformedMessage,
  parseConnection,
  Session,
} from '../../../kernel/wire/index.ts';
import { Random } from '../../support/random.ts';

const signer = createSigner('secret');
const message = new Session(signer).message(
  'execute_request',
  { code: 'x' },
  { identities: [Buffer.from('client')], buffers: [Buffer.from([1, 2])] },
);

describe('a message', () => {
  test('reads back what was built, and verifies', () => {
    const back = JupyterMessage.fromFrames(message.frames);
    expect(back.verify(signer)).toBe(true);
    expect(back.header.msg_type).toBe('execute_request');
    expect(back.content).toEqual({ code: 'x' });
    expect(back.identities.map(String)).toEqual(['client']);
    expect(back.buffers).toEqual([Buffer.from([1, 2])]);
  });

  test('does not verify under another key, nor after a change of any signed frame', () => {
    expect(message.verify(createSigner('other'))).toBe(false);
    for (let frame = 2; frame < 7; frame++) {
      const frames = [...message.frames];
      frames[frame] = Buffer.concat([frames[frame] ?? Buffer.alloc(0), Buffer.from(' ')]);
      expect(JupyterMessage.fromFrames(frames).verify(signer), `frame ${frame}`).toBe(false);
    }
  });

  test('changed content is signed anew and loses the bytes that came', () => {
    const came = JupyterMessage.fromFrames(message.frames, Buffer.from('as it came'));
    const changed = came.with(signer, { content: { code: 'y' } });
    expect(changed.verify(signer)).toBe(true);
    expect(changed.wire).toBeUndefined();
    expect(changed.headerBytes).toBe(came.headerBytes);
    expect(came.addressedTo([Buffer.from('other')]).wire).toBeUndefined();
  });

  test('random frames are malformed or a message, never another error', () => {
    const random = new Random(5);
    const parts = [Buffer.from('<IDS|MSG>'), Buffer.from('{}'), Buffer.from('[]'), Buffer.alloc(0)];
    for (let round = 0; round < 5000; round++) {
      const frames = Array.from({ length: random.below(9) }, () =>
        random.below(3) === 0 ? random.bytes(random.below(20)) : random.pick(parts),
      );
      try {
        const parsed = JupyterMessage.fromFrames(frames);
        expect(parsed.verify(signer)).toBe(false);
        void [parsed.header, parsed.parent, parsed.metadata, parsed.content];
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessage);
      }
    }
  });
});

describe('a connection file', () => {
  const good = {
    ip: '127.0.0.1',
    shell_port: 1,
    control_port: 2,
    stdin_port: 3,
    iopub_port: 4,
    hb_port: 5,
  };
  test('has defaults, and keeps fields of others', () => {
    expect(parseConnection({ ...good, kernel_name: 'x' })).toMatchObject({
      transport: 'tcp',
      key: '',
      signature_scheme: 'hmac-sha256',
      kernel_name: 'x',
    });
  });
  test.each([
    [{ ...good, hb_port: '5' }, /hb_port/],
    [{ ...good, ip: undefined }, /ip/],
    [{ ...good, transport: 'udp' }, /transport/],
    [[], /object/],
  ])('refuses what is wrong by name', (json, reason) => {
    expect(() => parseConnection(json)).toThrow(reason);
  });
});

test('a signature scheme that is no HMAC is refused', () => {
  expect(() => createSigner('key', 'rot13')).toThrow(/rot13/);
});
