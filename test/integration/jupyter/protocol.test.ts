/** The protocol's features, one by one, bare against wrapped. */
import { describe, expect } from 'vitest';
import { debugSession } from './harness/debug-session.ts';
import { printed, types } from './harness/kernel-client.ts';
import { usePair } from './harness/pair.ts';
import type { Dictionary, KernelMessage } from './harness/websocket-protocol.ts';

describe('a kernel', () => {
  const { same } = usePair({ keepKernels: true });

  same(
    'carries comms with binary buffers both ways',
    async ({ client }) => {
      await client.execute(ECHO_COMM);
      const open = client.send('comm_open', { comm_id: 'c1', target_name: 'echo', data: { a: 1 } });
      const opened = await client.idle(open);
      const message = client.send(
        'comm_msg',
        { comm_id: 'c1', data: { value: 7 } },
        { buffers: [Buffer.from([0, 1, 254, 255]), Buffer.alloc(300_000, 7)] },
      );
      const echoed = await client.idle(message);
      const close = client.send('comm_close', { comm_id: 'c1', data: {} });
      const closed = await client.idle(close);
      const shown = (published: readonly KernelMessage[]) =>
        published.map(({ header, content, buffers }) => ({
          type: header.msg_type,
          content,
          buffers: buffers.map(buffer => [buffer.length, ...buffer.subarray(0, 4)]),
        }));
      return { opened: shown(opened), echoed: shown(echoed), closed: shown(closed) };
    },
    ({ echoed }) => {
      expect(echoed.find(({ type }) => type === 'comm_msg')).toMatchObject({
        content: { data: { echo: { value: 7 } } },
        buffers: [
          [4, 255, 254, 1, 0],
          [300_000, 7, 7, 7, 7],
        ],
      });
    },
  );

  same(
    'updates a display and clears output',
    async ({ client }) => {
      const { published } = await client.execute(UPDATES);
      return published.map(({ header, content }) => [header.msg_type, content]);
    },
    published => {
      const seen = published.map(([type]) => type);
      expect(seen).toContain('update_display_data');
      expect(seen).toContain('clear_output');
    },
  );

  same(
    'answers completion, inspection and is_complete',
    async ({ client }) => {
      await client.execute(
        'class Lake:\n    """Deep."""\n    depth = 3\n    def __repr__(self): return "Lake"\nlake = Lake()',
      );
      const ask = async (type: string, content: Dictionary) =>
        (await client.request(type, content)).reply.content;
      // Jedi gives the types of what it completes as far as it gets in 0.4 s: the matches are what counts.
      const complete = async (code: string) => {
        const reply = await ask('complete_request', { code, cursor_pos: code.length });
        return Object.fromEntries(Object.entries(reply).filter(([key]) => key !== 'metadata'));
      };
      return {
        complete: await complete('lake.dep'),
        magics: await complete('%%tim'),
        names: await complete('la'),
        inspect: await ask('inspect_request', { code: 'lake', cursor_pos: 4, detail_level: 0 }),
        incomplete: await ask('is_complete_request', { code: 'for i in range(3):' }),
      };
    },
    ({ complete, inspect }) => {
      expect(complete['matches']).toEqual(['depth']);
      expect(inspect['found']).toBe(true);
    },
  );

  same(
    'gives its history',
    async ({ client }) => {
      for (const code of ['a = 1', 'a + 1', '%%capture\nprint("b")']) await client.execute(code);
      const ask = async (content: Dictionary) => {
        const { reply } = await client.request('history_request', content);
        // The session's number is the database's business: it counts every kernel ever started.
        return (reply.content['history'] as unknown[][]).map(entry => entry.slice(1));
      };
      return {
        range: await ask({
          hist_access_type: 'range',
          session: 0,
          start: 1,
          stop: 9,
          raw: true,
          output: true,
        }),
        tail: await ask({ hist_access_type: 'tail', n: 2, raw: true, output: false }),
      };
    },
    ({ tail }) => expect(tail.map(entry => entry[1])).toEqual(['a + 1', '%%capture\nprint("b")']),
  );

  same(
    'runs a subshell while the main shell is busy',
    async ({ client }) => {
      const control = { channel: 'control' } as const;
      const created = await client.request('create_subshell_request', {}, control);
      const subshell_id = created.reply.content['subshell_id'] as string;
      await client.execute('import threading\ngate = threading.Event()');
      const busy = client.startExecute('gate.wait(60)\nprint("main")');
      const inSubshell = async (code: string) =>
        client.finished(client.startExecute(code, {}, { header: { subshell_id } }));
      const done = await inSubshell('print("sub")');
      const mainIsBusy = !client.received.some(
        ({ channel, parent_header }) => channel === 'shell' && parent_header.msg_id === busy,
      );
      await inSubshell('gate.set()');
      await client.finished(busy);
      const listed = await client.request('list_subshell_request', {}, control);
      await client.request('delete_subshell_request', { subshell_id }, control);
      return {
        text: printed(done),
        mainIsBusy,
        listed: (listed.reply.content['subshell_id'] as string[]).length,
      };
    },
    result => expect(result).toEqual({ text: 'sub\n', mainIsBusy: true, listed: 1 }),
  );

  same(
    'aborts what is queued behind an error',
    async ({ client }) => {
      const ids = ['1/0', 'print("second")', 'print("third")'].map(code =>
        client.startExecute(code),
      );
      const done = await Promise.all(ids.map(id => client.finished(id)));
      return done.map(cell => [cell.reply.content['status'], types(cell)]);
    },
    statuses => expect(statuses.map(([status]) => status)).toEqual(['error', 'aborted', 'aborted']),
  );

  same(
    'does not abort where the client asks it not to',
    async ({ client }) => {
      const first = client.startExecute('1/0', { stop_on_error: false });
      const second = client.startExecute('print("second")');
      await client.finished(first);
      return printed(await client.finished(second));
    },
    text => expect(text).toBe('second\n'),
  );

  same(
    'awaits at the top level',
    async ({ client }) => {
      const done = await client.execute(
        'import asyncio\nawait asyncio.sleep(0.05)\nprint("awaited")',
      );
      return { text: printed(done), types: types(done) };
    },
    ({ text }) => expect(text).toBe('awaited\n'),
  );

  same('passes on what a thread prints after its cell is idle', async ({ client }) => {
    const code = [
      'import threading, time',
      'threading.Timer(0.4, lambda: print("late", flush=True)).start()',
    ].join('\n');
    const msgId = client.startExecute(code);
    const done = await client.finished(msgId);
    await client.waitForText('late', msgId);
    const late = client.received.find(({ content }) => content['text'] === 'late\n');
    return { types: types(done), parentIsCell: late?.parent_header.msg_id === msgId };
  });

  same('evaluates user expressions, and runs silently', async ({ client }) => {
    const { reply } = await client.execute('x = 5', { user_expressions: { double: 'x * 2' } });
    const silent = await client.execute('print("quiet")\n1', { silent: true });
    const after = await client.execute('x');
    return {
      expressions: reply.content['user_expressions'],
      silent: types(silent),
      count: after.reply.content['execution_count'],
    };
  });

  same('answers requests that it does not know as it does bare', async ({ client }) => {
    client.send('no_such_request', { a: 1 });
    const done = await client.execute('"next"');
    return done.reply.content;
  });

  same(
    'stops at a breakpoint and goes on',
    ({ client }) => debugSession(client, 'x = 1\ny = x + 1\nprint(y)', 2),
    ({ stoppedLine, x, finished }) => {
      expect(stoppedLine).toBe(2);
      expect(x).toBe('1');
      expect(finished).toBe('2\n');
    },
  );
});

const ECHO_COMM = `
def echo(comm, opened):
    comm.send({"welcome": opened["content"]["data"]})
    @comm.on_msg
    def answer(message):
        reversed_buffers = [bytes(buffer)[::-1] for buffer in message["buffers"]]
        comm.send({"echo": message["content"]["data"]}, buffers=reversed_buffers)
get_ipython().kernel.comm_manager.register_target("echo", echo)
`;

const UPDATES = `
from IPython.display import clear_output, display, HTML
shown = display({"text/plain": "first"}, raw=True, display_id="d1")
shown.update(HTML("<b>second</b>"))
print("to be cleared")
clear_output(wait=True)
print("stays")
`;
