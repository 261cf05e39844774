/** What clients see of a tslab behind the hook: the protocol as any other kernel speaks it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JupyterMessage } from '../../../kernel/wire/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { childrenOf, isAlive, listProcesses, sleep, until } from '../../support/processes.ts';
import { TSLAB } from './tslab.ts';

let kernel: StartedKernel;
beforeAll(async () => {
  kernel = await startWrappedKernel({ spec: TSLAB });
});
afterAll(() => kernel.stop());

const content = (messages: readonly JupyterMessage[], type: string) =>
  messages.find(({ header }) => header.msg_type === type)?.content;

describe('a cell', () => {
  test('says what it runs, and replies with all fields', async () => {
    const { published, reply, types, stdout } = await kernel.client.execute('1 + 2');
    expect(types).toEqual(['status', 'execute_input', 'stream', 'status']);
    expect(content(published, 'execute_input')).toEqual({
      code: '1 + 2',
      execution_count: reply.content['execution_count'],
    });
    expect(stdout).toBe('3\n');
    expect(reply.content).toMatchObject({ status: 'ok', payload: [], user_expressions: {} });
  });

  test('echoes the magic line as it was typed', async () => {
    const code = '\n%%pyperf --quiet\nconst typed = 1;';
    const { published } = await kernel.client.execute(code);
    expect(content(published, 'execute_input')?.['code']).toBe(code);
    const history = await kernel.client.request('shell', 'history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: false,
      raw: true,
    });
    expect(history.header.msg_type).toBe('history_reply');
    expect((history.content['history'] as unknown[][])[0]?.[2]).toBe(code);
  });

  test('that throws carries an error with the lines that were typed', async () => {
    const code =
      'interface A { b: number }\n\nfunction fail(a: A): never {\n  throw new TypeError(`bad ${a.b}`);\n}\nfail(\n  { b: 3 },\n);';
    const { published, reply, types } = await kernel.client.execute(code);
    expect(types).not.toContain('stream');
    const error = content(published, 'error');
    expect(error).toMatchObject({ ename: 'TypeError', evalue: 'bad 3' });
    expect(reply.content).toMatchObject({ status: 'error', ename: 'TypeError', evalue: 'bad 3' });
    const count = String(reply.content['execution_count']);
    const traceback = error?.['traceback'] as string[];
    expect(traceback[0]).toBe('TypeError: bad 3');
    expect(traceback[1]).toBe(`    at fail (cell[${count}].ts:4:9)`);
    expect(traceback[2]).toBe(`    at cell[${count}].ts:6:1`);
  });

  test('whose promise is rejected carries an error', async () => {
    const { published } = await kernel.client.execute(
      'const later = new Promise<void>(done => setTimeout(done, 10));\nawait later;\nthrow new Error("late");',
    );
    expect(content(published, 'error')).toMatchObject({ ename: 'Error', evalue: 'late' });
  });

  test("that does not compile carries an error with the compiler's words", async () => {
    const { published, reply } = await kernel.client.execute('const n: number = "text";');
    expect(content(published, 'error')).toMatchObject({ ename: 'TypeScriptError' });
    expect(String(reply.content['evalue'])).toMatch(/^1:7 - Type 'string' is not assignable/);
  });

  test('keeps what it prints to stderr itself', async () => {
    const { published, types } = await kernel.client.execute(
      'console.error("Error: mine");\nthrow new Error("other");',
    );
    expect(content(published, 'stream')).toEqual({ name: 'stderr', text: 'Error: mine\n' });
    expect(types.filter(type => type === 'error')).toHaveLength(1);
  });

  test("knows Node's types far from any node_modules", async () => {
    const { reply } = await kernel.client.execute(
      'console.log(process.version, Buffer.from("a"));',
    );
    expect(reply.content['status']).toBe('ok');
  });

  test('uses no name of ours, and hands nothing of ours to its children', async () => {
    const { stdout } = await kernel.client.execute(
      [
        'import { execFileSync } from "child_process";',
        'const ours = (names: string[]) => names.filter(name => /pyperf|NODE_OPTIONS/i.test(name));',
        'const children = execFileSync("env").toString().split("\\n").map(line => line.split("=")[0]);',
        'JSON.stringify([ours(Object.keys(process.env)), process.execArgv, ours(children), ours(Object.keys(globalThis))])',
      ].join('\n'),
    );
    expect(stdout).toBe('[[],[],[],[]]\n');
  });
});

describe('a queue of cells', () => {
  test('busy, input and idle come in order, one cell after the other', async () => {
    const slow = 'await new Promise(done => setTimeout(done, 150)); 1';
    const runs = await Promise.all([slow, '2', '3'].map(code => kernel.client.execute(code)));
    const ids = runs.map(run => run.msgId);
    const order = kernel.client.seen
      .filter(
        ({ header, parent }) => header.msg_type === 'status' && ids.includes(parent.msg_id ?? ''),
      )
      .map(
        message =>
          `${ids.indexOf(message.parent.msg_id ?? '')} ${String(message.content['execution_state'])}`,
      );
    expect(order).toEqual(['0 busy', '0 idle', '1 busy', '1 idle', '2 busy', '2 idle']);
  });

  test.each([
    ['waits', 'await new Promise(done => setTimeout(done, 50)); throw new Error("x")'],
    ['is busy', '{ const end = Date.now() + 300; while (Date.now() < end); } throw new Error("x")'],
  ])('is aborted behind a cell that %s and fails, but no later cell is', async (_what, fail) => {
    const runs = await Promise.all([fail, '4', '5'].map(code => kernel.client.execute(code)));
    expect(runs.map(run => run.reply.content['status'])).toEqual(['error', 'aborted', 'aborted']);
    const next = await kernel.client.execute('6');
    expect(next.reply.content['status']).toBe('ok');
    expect(next.stdout).toBe('6\n');
  });

  test('goes on behind a failed cell that may fail', async () => {
    const runs = await Promise.all([
      kernel.client.execute('throw new Error("may")', { stopOnError: false }),
      kernel.client.execute('7').catch(() => undefined),
    ]);
    expect(runs[0].reply.content['status']).toBe('error');
    const next = await kernel.client.execute('8');
    expect(next.stdout).toBe('8\n');
  });
});

describe('other requests', () => {
  test('comm_info is answered under its own name', async () => {
    const reply = await kernel.client.request('shell', 'comm_info_request', {});
    expect(reply.header.msg_type).toBe('comm_info_reply');
    expect(reply.content).toEqual({ status: 'ok', comms: {} });
  });

  test('interrupt_request interrupts, and is answered', async () => {
    const running = kernel.client.execute('await new Promise(done => setTimeout(done, 60_000))');
    await kernel.client.published(({ header }) => header.msg_type === 'execute_input');
    await sleep(100);
    const reply = await kernel.client.request('control', 'interrupt_request', {});
    expect(reply.content).toEqual({ status: 'ok' });
    expect((await running).reply.content['status']).toBe('error');
  });
});

describe('the end', () => {
  test.each(['setInterval(() => {}, 1000);', '%%pyperf\nsetInterval(() => {}, 1000);'])(
    'shutdown ends a kernel with a live timer: %s',
    async code => {
      const one = await startWrappedKernel({ spec: TSLAB });
      await one.client.execute(code);
      const children = childrenOf(one.pid).map(({ pid }) => pid);
      await one.client.request('control', 'shutdown_request', { restart: false });
      await one.exited;
      await until('all of it to end', () => !children.some(isAlive));
      await one.stop();
    },
  );

  test('a hook that is killed leaves no kernel', async () => {
    const one = await startWrappedKernel({ spec: TSLAB });
    const inFolder = (): number[] =>
      listProcesses()
        .filter(({ command }) => command.includes(one.folder))
        .map(({ pid }) => pid);
    expect(inFolder().length).toBeGreaterThan(1);
    process.kill(one.pid, 'SIGKILL');
    await until('no process of it', () => inFolder().length === 0);
    await one.stop();
  });

  test('a killed kernel tells what it had seen of its cell', async () => {
    const one = await startWrappedKernel({ spec: TSLAB });
    const running = one.client.execute('%%pyperf\nwhile (true);').catch(() => undefined);
    await one.client.published(({ header }) => header.msg_type === 'execute_input');
    await sleep(1500);
    for (const { pid } of childrenOf(one.pid)) process.kill(pid, 'SIGKILL');
    await one.exited;
    await one.stop();
    void running;
  });
});
