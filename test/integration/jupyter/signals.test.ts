/**
 * An interrupt reaches the user's code exactly once, however it is sent. Two would kill a cell's `finally` block, none
 * would leave a cell stuck.
 */
import { describe, expect } from 'vitest';
import { printed } from './harness/kernel-client.ts';
import { usePair, type RunningKernel } from './harness/pair.ts';
import { kernelProcesses, listProcesses, realKernelPid } from './harness/processes.ts';

const WAYS: readonly (readonly [string, (kernel: RunningKernel) => unknown])[] = [
  ["the server's REST interface", ({ server, id }) => server.interruptKernel(id)],
  [
    'the process group, as jupyter_client does',
    ({ id }) => process.kill(-outer(id).groupId, 'SIGINT'),
  ],
  ["the launched process's id alone", ({ id }) => process.kill(outer(id).pid, 'SIGINT')],
  ["the real kernel's id alone", ({ id }) => process.kill(realKernelPid(id), 'SIGINT')],
  [
    'an interrupt_request on the control channel',
    async ({ client }) =>
      (await client.request('interrupt_request', {}, { channel: 'control' })).reply.content,
  ],
];

const counts = (result: { readonly count: string; readonly after: string }): void => {
  expect(result).toEqual({ count: 'COUNT 1\n', after: 'after\n' });
};

describe('an interrupt', () => {
  const { same } = usePair();
  for (const [way, interrupt] of WAYS)
    same(`comes exactly once by ${way}`, kernel => countInterrupts(kernel, interrupt), counts);

  same(
    'comes once to a subprocess in the cell',
    async ({ client, server, id }) => {
      const msgId = client.startExecute(SUBPROCESS_COUNTER);
      await client.waitForText('ready');
      await server.interruptKernel(id);
      const done = await client.finished(msgId);
      return { text: printed(done).replace('ready\n', ''), error: done.reply.content['ename'] };
    },
    ({ text }) => expect(text).toContain('CHILD COUNT 1'),
  );

  same('that comes while the kernel is idle changes nothing', async ({ client, server, id }) => {
    await client.execute('x = 1');
    await server.interruptKernel(id);
    const after = await client.execute('print("after", x)');
    return {
      text: printed(after),
      alive: listProcesses().some(({ pid }) => pid === realKernelPid(id)),
    };
  });

  same(
    'repeated three times, comes three times',
    async kernel => {
      const { client, server, id } = kernel;
      const msgId = client.startExecute(COUNTER);
      await client.waitForText('ready');
      for (const seen of ['got 1', 'got 2', 'got 3']) {
        await server.interruptKernel(id);
        await client.waitForText(seen);
      }
      return printed(await client.finished(msgId)).replace(/ready\n|got \d\n/g, '');
    },
    text => expect(text).toBe('COUNT 3\n'),
  );
});

describe('an interrupt of a kernelspec with interrupt_mode "message"', () => {
  const { same } = usePair({ spec: { interrupt_mode: 'message' } });
  same(
    "comes exactly once by the server's REST interface",
    kernel => countInterrupts(kernel, ({ server, id }) => server.interruptKernel(id)),
    counts,
  );
});

async function countInterrupts(
  kernel: RunningKernel,
  interrupt: (kernel: RunningKernel) => unknown,
): Promise<{ count: string; after: string }> {
  const { client } = kernel;
  const msgId = client.startExecute(COUNTER);
  await client.waitForText('ready');
  await interrupt(kernel);
  const count = printed(await client.finished(msgId)).replace(/ready\n|got \d\n/g, '');
  return { count, after: printed(await client.execute('print("after")')) };
}

function outer(kernelId: string) {
  const [launched] = kernelProcesses(kernelId);
  if (!launched) throw new Error(`no process runs kernel ${kernelId}`);
  return launched;
}

/** Waits a second after the last interrupt, so that a second delivery of the same one is counted. */
const COUNTER = `
import signal, time
interrupts = 0
last = time.monotonic() + 24
def count(*_):
    global interrupts, last
    interrupts += 1
    last = time.monotonic()
    print("got", interrupts, flush=True)
previous = signal.signal(signal.SIGINT, count)
print("ready", flush=True)
while time.monotonic() < last + 1:
    time.sleep(0.02)
signal.signal(signal.SIGINT, previous)
print("COUNT", interrupts)
`;

const SUBPROCESS_COUNTER = `
import subprocess, sys
program = '''
import signal, sys, time
interrupts = 0
last = time.monotonic() + 24
def count(*_):
    global interrupts, last
    interrupts += 1
    last = time.monotonic()
signal.signal(signal.SIGINT, count)
print("ready", flush=True)
while time.monotonic() < last + 1:
    time.sleep(0.02)
print("CHILD COUNT", interrupts)
'''
child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
print(child.stdout.readline(), end="", flush=True)
try:
    child.wait()
finally:
    print(child.stdout.read(), end="", flush=True)
`;
