import { describe, expect, test } from 'vitest';
import {
  encodeCommand,
  encodeFirstFrame,
  encodeMessage,
  FrameReader,
  withoutFirstFrame,
  ZmtpError,
} from '../../../kernel/wire/zmtp/frames.ts';
import { Random } from '../../support/random.ts';

interface Seen {
  readonly messages: Buffer[][];
  readonly wires: (Buffer | undefined)[];
  readonly commands: Buffer[];
}

function reader(onMessage?: (reader: FrameReader) => void): [FrameReader, Seen] {
  const seen: Seen = { messages: [], wires: [], commands: [] };
  const frameReader = new FrameReader({
    message: (frames, wire) => {
      seen.messages.push([...frames]);
      seen.wires.push(wire);
      onMessage?.(frameReader);
    },
    command: body => seen.commands.push(body),
  });
  return [frameReader, seen];
}

const encoded = (...frames: Buffer[]): Buffer => Buffer.concat(encodeMessage(frames));
const text = (value: string): Buffer => Buffer.from(value);

describe('framing', () => {
  test('short and long frames as RFC 23 lays them out', () => {
    expect([...encoded(text('ab'), text('c'))]).toEqual([1, 2, 97, 98, 0, 1, 99]);
    const long = encoded(Buffer.alloc(256));
    expect([...long.subarray(0, 9)]).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect([...encodeCommand(text('x'))]).toEqual([4, 1, 120]);
  });

  test('a message in one piece is kept as it came', () => {
    const [frameReader, seen] = reader();
    const first = encoded(text('id'), text('a'));
    const second = encoded(text('b'));
    frameReader.push(Buffer.concat([first, second]));
    expect(seen.wires).toEqual([first, second]);
    expect(withoutFirstFrame(first)).toEqual(encoded(text('a')));
    expect(Buffer.concat([encodeFirstFrame(text('id')), encoded(text('a'))])).toEqual(first);
  });

  test('a large frame is sent from where it is', () => {
    const large = Buffer.alloc(100_000, 1);
    expect(encodeMessage([text('a'), large])).toContain(large);
  });

  test.each([1, 2, 3, 7, 64, 1000])('pieces of %i bytes give the same messages', size => {
    const random = new Random(size);
    const messages = Array.from({ length: 40 }, () =>
      Array.from({ length: 1 + random.below(8) }, () =>
        random.bytes(random.pick([0, 1, 5, 254, 255, 256, 257, 3000])),
      ),
    );
    const bytes = Buffer.concat(messages.flatMap(frames => encodeMessage(frames)));
    const [frameReader, seen] = reader();
    for (let at = 0; at < bytes.length; at += size) frameReader.push(bytes.subarray(at, at + size));
    expect(seen.messages).toEqual(messages);
    for (const [index, wire] of seen.wires.entries())
      if (wire) expect(wire).toEqual(encoded(...(messages[index] ?? [])));
  });

  test('a command between messages is told apart', () => {
    const [frameReader, seen] = reader();
    frameReader.push(
      Buffer.concat([encoded(text('a')), encodeCommand(text('c')), encoded(text('b'))]),
    );
    expect(seen.messages).toEqual([[text('a')], [text('b')]]);
    expect(seen.wires.at(-1)).toEqual(encoded(text('b')));
    expect(seen.commands).toEqual([text('c')]);
  });

  test('paused within a piece, it delivers the rest on resume, in order', () => {
    const [frameReader, seen] = reader(self => self.pause());
    frameReader.push(Buffer.concat(['a', 'b', 'c'].map(name => encoded(text(name)))));
    frameReader.push(encoded(text('d')));
    const order: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      order.push(seen.messages.map(frames => String(frames[0])).join(''));
      frameReader.resume();
    }
    expect(order.slice(0, 4)).toEqual(['a', 'ab', 'abc', 'abcd']);
  });

  test('reserved flags and absurd sizes are refused without allocating', () => {
    expect(() => reader()[0].push(Buffer.from([8, 0]))).toThrow(ZmtpError);
    const huge = Buffer.from([2, 0, 0, 0x10, 0, 0, 0, 0, 0]);
    expect(() => reader()[0].push(huge)).toThrow(/claims/);
  });

  test('random bytes give messages or an error of our own, never another', () => {
    const random = new Random(20261122);
    for (let round = 0; round < 3000; round++) {
      const [frameReader] = reader();
      try {
        for (let piece = 0; piece < 4; piece++) frameReader.push(random.bytes(random.below(60)));
      } catch (error) {
        expect(error).toBeInstanceOf(ZmtpError);
      }
    }
  });
});
