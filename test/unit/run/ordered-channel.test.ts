import { describe, expect, it } from 'vitest';
import { OrderedChannel } from '../../../kernel/run/ordered-channel.ts';
import { createSigner } from '../../../kernel/wire/signer.ts';
import { Session } from '../../../kernel/wire/session.ts';
import type { JupyterMessage } from '../../../kernel/wire/message.ts';

const session = new Session(createSigner(''));
const message = (name: string): JupyterMessage => session.message(name, {});
const nameOf = (m: JupyterMessage): string => m.header.msg_type;

describe('OrderedChannel', () => {
  it('passes messages at once while nothing is held', () => {
    const seen: string[] = [];
    const channel = new OrderedChannel(m => seen.push(nameOf(m)));
    channel.push(message('a'));
    expect(seen).toEqual(['a']);
  });

  it('keeps the order when the handler holds again in the middle of a release', () => {
    const seen: string[] = [];
    const channel: OrderedChannel = new OrderedChannel(m => {
      seen.push(nameOf(m));
      if (nameOf(m) === 'hold') channel.hold();
    });
    for (const name of ['a', 'hold', 'b', 'hold', 'c']) channel.push(message(name));
    expect(seen).toEqual(['a', 'hold']);
    channel.release();
    expect(seen).toEqual(['a', 'hold', 'b', 'hold']);
    channel.push(message('d'));
    channel.release();
    expect(seen).toEqual(['a', 'hold', 'b', 'hold', 'c', 'd']);
  });

  it('puts what comes in during a release at the end', () => {
    const seen: string[] = [];
    const channel: OrderedChannel = new OrderedChannel(m => {
      seen.push(nameOf(m));
      if (nameOf(m) === 'first') channel.push(message('late'));
    });
    channel.hold();
    channel.push(message('first'));
    channel.push(message('second'));
    channel.release();
    expect(seen).toEqual(['first', 'second', 'late']);
  });

  it('hands what was waiting, and no more, to the handler of one release', () => {
    const usual: string[] = [];
    const once: string[] = [];
    const channel: OrderedChannel = new OrderedChannel(m => usual.push(nameOf(m)));
    channel.hold();
    channel.push(message('a'));
    channel.release(m => {
      once.push(nameOf(m));
      channel.push(message('b'));
    });
    channel.push(message('c'));
    expect([once, usual]).toEqual([['a'], ['b', 'c']]);
  });

  it('releases a million messages in linear time', () => {
    let count = 0;
    const channel = new OrderedChannel(() => count++);
    channel.hold();
    const one = message('a');
    for (let i = 0; i < 1_000_000; i++) channel.push(one);
    channel.release();
    expect(count).toBe(1_000_000);
  });
});
