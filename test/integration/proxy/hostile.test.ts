/** Clients that forge, and peers that do not speak the protocol at all. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHANNELS, type JupyterMessage, type Talk } from '../../../kernel/wire/index.ts';
import { JupyterClient } from '../../support/jupyter-client.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { isAlive, sleep } from '../../support/processes.ts';
import { Random } from '../../support/random.ts';

let kernel: StartedKernel;
beforeAll(async () => {
  kernel = await startWrappedKernel();
  // Every message that the kernel takes from its sockets is counted there, before it is verified.
  await kernel.client.execute(`
seen = []
session = get_ipython().kernel.session
original = session.deserialize
def deserialize(frames, *args, **kwargs):
    seen.append(bytes(frames[1]))
    return original(frames, *args, **kwargs)
session.deserialize = deserialize`);
});
afterAll(() => kernel?.stop());

/** Headers that the kernel has seen since the last call, less the call's own. */
async function seenByKernel(): Promise<string[]> {
  const cell = await kernel.client.execute(
    'import json\nprint(json.dumps([s.decode("latin1") for s in seen]))\nseen.clear()',
  );
  const headers = JSON.parse(cell.stdout) as string[];
  // ipykernel reads a message twice: where it arrives, and in the thread that handles it.
  return [...new Set(headers)].filter(header => !header.includes(cell.msgId));
}

const TALK: readonly Talk[] = ['shell', 'control', 'stdin'];
const settle = (): Promise<void> => sleep(300);

test('what the kernel sees is seen here', async () => {
  await seenByKernel();
  await kernel.client.execute('pass');
  expect(await seenByKernel()).toHaveLength(1);
});

test('forged requests reach nobody', async () => {
  await seenByKernel();
  const forger = new JupyterClient(kernel.connection, { key: 'not the key' });
  const good = kernel.client.session.message('execute_request', { code: 'forged = 1' });
  const forgeries: JupyterMessage['frames'][] = [
    forger.session.message('execute_request', { code: 'forged = 1' }).frames,
    forger.session.message('shutdown_request', { restart: false }).frames,
    // Signed by the right key, then changed; without signature; with the signature of another.
    good.frames.map((frame, index) => (index === 5 ? Buffer.from('{"code":"forged=2"}') : frame)),
    good.frames.map((frame, index) => (index === 1 ? Buffer.alloc(0) : frame)),
    good.frames.map((frame, index) => (index === 1 ? Buffer.alloc(64, '0') : frame)),
    good.frames.slice(1),
    good.frames.slice(0, 4),
    [],
    [Buffer.alloc(0)],
  ];
  for (const channel of TALK)
    for (const frames of forgeries.filter(({ length }) => length > 0))
      await forger.sendFrames(channel, frames);
  await settle();
  expect(await seenByKernel()).toEqual([]);
  expect((await kernel.client.execute('print("forged" in globals())')).stdout).toBe('False\n');
  expect(kernel.stderr).not.toContain('Invalid Signature');
  // The first is told at once, from whichever channel it came.
  expect(kernel.stderr).toMatch(
    /dropped messages from clients: wrong signature, on (shell|control|stdin)/,
  );
  forger.close();
});

test('random messages on every channel', async () => {
  await seenByKernel();
  const random = new Random(1);
  const client = new JupyterClient(kernel.connection);
  const parts = ['<IDS|MSG>', '{}', '{"msg_id":1}', '[[[[', '', '\0', '{"a":'.repeat(5000)];
  for (let round = 0; round < 400; round++) {
    const frames = Array.from({ length: 1 + random.below(9) }, () =>
      random.below(4) === 0 ? random.bytes(random.below(300)) : Buffer.from(random.pick(parts)),
    );
    await client.sendFrames(random.pick(TALK), frames);
  }
  await client.sendFrames('shell', [Buffer.from('<IDS|MSG>'), Buffer.alloc(50_000_000, '[')]);
  await settle();
  client.close();
  expect(await seenByKernel()).toEqual([]);
});

test('a signed message of an unknown type, or of odd content, passes to the kernel', async () => {
  await seenByKernel();
  const { session } = kernel.client;
  await kernel.client.sendFrames('shell', session.message('no_such_request', {}).frames);
  await kernel.client.sendFrames('shell', session.message('execute_request', { code: 5 }).frames);
  await settle();
  expect(await seenByKernel()).toHaveLength(2);
});

test('bytes that are not ZMTP on every port', async () => {
  const random = new Random(2);
  const greeting = Buffer.from(`ff00000000000000017f03004e554c4c${'00'.repeat(48)}`, 'hex');
  const beginnings = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    greeting,
    greeting.subarray(0, 20),
    Buffer.concat([greeting, Buffer.from([4, 255])]),
    Buffer.concat([greeting, Buffer.from([2, 0, 0, 0x7f, 0, 0, 0, 0, 0])]),
    Buffer.alloc(0),
  ];
  for (const channel of CHANNELS)
    for (const beginning of beginnings) {
      const socket = connect(kernel.connection[`${channel}_port`], '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(Buffer.concat([beginning, random.bytes(random.below(500))]));
      await sleep(5);
      socket.destroy();
    }
  expect(isAlive(kernel.pid)).toBe(true);
  expect((await kernel.client.execute('print("fine")')).stdout).toBe('fine\n');
});
