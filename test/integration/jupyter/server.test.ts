/** What a JupyterLab server does with a kernel: run, interrupt, restart, revive, and the protocol's smaller requests. */
import { describe, expect } from 'vitest';
import { printed, types } from './harness/kernel-client.ts';
import { usePair, type RunningKernel } from './harness/pair.ts';
import { kernelProcesses, realKernelPid, waitForDeath } from './harness/processes.ts';
import { until } from './harness/until.ts';

const DEATH_MS = 30_000;
const REVIVAL_MS = 60_000;

describe('a kernel under a JupyterLab server', () => {
  const { same } = usePair();

  same(
    'runs a cell and counts it as the first',
    async ({ client }) => {
      const done = await client.execute('print("out")\n6 * 7');
      return { types: types(done), text: printed(done), reply: done.reply.content };
    },
    ({ types, reply }) => {
      expect(types).toEqual(['status', 'execute_input', 'stream', 'execute_result', 'status']);
      expect(reply).toMatchObject({ status: 'ok', execution_count: 1 });
    },
  );

  same('describes itself, but for the field by which a page finds the hook', async context => {
    const { reply, published } = await context.client.request('kernel_info_request', {});
    const { pyperf, ...info } = reply.content;
    expect(pyperf !== undefined).toBe(context.name === 'wrapped');
    return { info, types: types({ published }) };
  });

  for (const [what, code] of [
    ['a sleep', 'import time\nprint("go", flush=True)\ntime.sleep(60)'],
    ['a busy loop', 'print("go", flush=True)\nwhile True: pass'],
    ['a subprocess', 'import subprocess\nprint("go", flush=True)\nsubprocess.run(["sleep", "60"])'],
  ] as const)
    same(
      `interrupts ${what}`,
      async ({ client, server, id }) => {
        const msgId = client.startExecute(code);
        await client.waitForText('go');
        await server.interruptKernel(id);
        const interrupted = await client.finished(msgId);
        const after = await client.execute('"alive"');
        return {
          error: interrupted.reply.content['ename'],
          types: types(interrupted),
          after: after.reply.content,
        };
      },
      ({ error }) => expect(error).toBe('KeyboardInterrupt'),
    );

  same('restarts through REST', async ({ client, server, id }) => {
    await client.execute('x = 1');
    await server.restartKernel(id);
    await client.ready();
    const again = await client.execute('print("x" in globals())');
    return { text: printed(again), count: again.reply.content['execution_count'] };
  });

  same(
    'is restarted by the server when the real kernel is killed',
    async kernel => {
      await kernel.client.execute('x = 1');
      return await revive(kernel, realKernelPid(kernel.id));
    },
    ({ states, text }) => {
      expect(states).toContain('restarting');
      expect(text).toBe('False\n');
    },
  );

  same('is restarted by the server when its outer process is killed', async kernel => {
    await kernel.client.execute('x = 1');
    const inner = realKernelPid(kernel.id);
    const revived = await revive(kernel, kernelProcesses(kernel.id)[0]?.pid as number);
    await waitForDeath(inner, DEATH_MS);
    return revived;
  });

  same(
    'asks for input',
    async ({ client }) => {
      const msgId = client.startExecute('name = input("name? ")\nprint("hello", name)', {
        allow_stdin: true,
      });
      const question = await client.waitFor(
        'input_request',
        message => message.header.msg_type === 'input_request',
      );
      client.send(
        'input_reply',
        { status: 'ok', value: 'Ada' },
        { channel: 'stdin', parent: question.header },
      );
      const done = await client.finished(msgId);
      return { question: question.content, text: printed(done), types: types(done) };
    },
    ({ text }) => expect(text).toBe('hello Ada\n'),
  );

  same(
    'serves two tabs at once, each told of what the other runs',
    async ({ client, connect }) => {
      const other = await connect();
      const msgId = client.startExecute('shared = 1\nprint("from one")');
      const mine = await client.finished(msgId);
      const seen = await other.idle(msgId);
      const theirs = await other.execute('print("from two", shared)');
      return {
        same: types({ published: seen }).join() === types(mine).join(),
        replyOnlyToOne: !other.received.some(
          message => message.channel === 'shell' && message.parent_header.msg_id === msgId,
        ),
        text: printed(theirs),
      };
    },
    result => expect(result).toEqual({ same: true, replyOnlyToOne: true, text: 'from two 1\n' }),
  );

  same('goes when it is shut down', async ({ client, server, id }) => {
    await client.execute('1');
    const processes = kernelProcesses(id);
    await server.shutdownKernel(id);
    for (const { pid } of processes) await waitForDeath(pid, DEATH_MS);
    return (await server.rest('GET', '/api/kernels')) as unknown[];
  });
});

async function revive(kernel: RunningKernel, pid: number) {
  const seen = kernel.client.received.length;
  process.kill(pid, 'SIGKILL');
  const { client } = kernel;
  await client.waitFor(
    'the server to say that it restarts',
    message => message.content['execution_state'] === 'restarting',
    REVIVAL_MS,
  );
  await until(
    async () => (await kernel.server.kernel(kernel.id)).execution_state === 'idle',
    REVIVAL_MS,
    'the kernel is not idle again',
  );
  await client.ready();
  const again = await client.execute('print("x" in globals())');
  const states = client.received
    .slice(seen)
    .filter(message => message.header.msg_type === 'status')
    .map(message => message.content['execution_state']);
  return { states: states.filter(state => state === 'restarting'), text: printed(again) };
}
