/** One interrupt is one interrupt, however it is sent. */
import { afterEach, expect, test } from 'vitest';
import {
  IPYKERNEL,
  startBareKernel,
  startWrappedKernel,
  type StartedKernel,
} from '../../support/kernels.ts';

let kernel: StartedKernel | undefined;
afterEach(() => kernel?.stop());

/** Waits a second after the last interrupt, so that a second delivery of the same one is counted. */
const COUNT_INTERRUPTS = `
import signal, time
count = 0
last = time.monotonic() + 29
def counted(*_):
    global count, last
    count += 1
    last = time.monotonic()
old = signal.signal(signal.SIGINT, counted)
print('ready', flush=True)
while time.monotonic() < last + 1: time.sleep(.02)
signal.signal(signal.SIGINT, old)
print(count)`;

type Send = (kernel: StartedKernel) => unknown;
const group: Send = ({ pid }) => process.kill(-pid, 'SIGINT');
const pidOnly: Send = ({ pid }) => process.kill(pid, 'SIGINT');
const request: Send = ({ client }) => client.request('control', 'interrupt_request', {});

async function countOf(started: StartedKernel, send: Send): Promise<string> {
  kernel = started;
  const cell = await started.client.execute(COUNT_INTERRUPTS, {
    onPublished: message => {
      if (message.content['text'] === 'ready\n') void send(started);
    },
  });
  return cell.stdout;
}

test.each([
  ['to the process group, as Jupyter does', group],
  ['to the process alone', pidOnly],
  ['by interrupt_request', request],
])('%s', async (_, send) => {
  expect(await countOf(await startBareKernel(), send)).toBe('ready\n1\n');
  await kernel?.stop();
  expect(await countOf(await startWrappedKernel(), send)).toBe('ready\n1\n');
});

test.each([
  ['group', group],
  ['process', pidOnly],
])('with interrupt_mode "message" a signal to the %s becomes a request', async (_, send) => {
  const hook = await startWrappedKernel({ spec: { ...IPYKERNEL, interrupt_mode: 'message' } });
  expect(await countOf(hook, send)).toBe('ready\n1\n');
});

test('it ends a cell and what the cell waits for', async () => {
  kernel = await startWrappedKernel();
  const hook = kernel;
  const cell = await hook.client.execute(
    'import subprocess\nprint("ready", flush=True)\nsubprocess.run(["sleep", "60"])',
    { onPublished: message => message.content['text'] === 'ready\n' && group(hook) },
  );
  expect(cell.reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect((await hook.client.execute('print("goes on")')).stdout).toBe('goes on\n');
});
