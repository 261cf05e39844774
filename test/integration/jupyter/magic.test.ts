/** What `%%pyperf` and `%pyperf` add, under a real server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printed, type Finished, type KernelClient } from './harness/kernel-client.ts';
import { usePair, type RunningKernel } from './harness/pair.ts';
import { REPORT_MIME, dataOf, isReport, reportsOf } from './harness/reports.ts';
import type { KernelMessage } from './harness/websocket-protocol.ts';

describe('%%pyperf', () => {
  const { withKernel } = usePair({ keepKernels: true });
  const onWrapped = (title: string, check: (kernel: RunningKernel) => Promise<void>): void => {
    it(title, () => withKernel('wrapped', check));
  };

  onWrapped('shows one report, after the outputs and before idle', async ({ client }) => {
    const done = await client.execute('%%pyperf\nprint("own")\n"result"');
    expect(done.published.map(message => message.header.msg_type)).toEqual([
      'status',
      'execute_input',
      'stream',
      'execute_result',
      'display_data',
      'status',
    ]);
    const [report] = reportsOf(done) as [KernelMessage];
    expect(Object.keys(dataOf(report)).sort()).toEqual([REPORT_MIME, 'text/html', 'text/plain']);
    expect(done.reply.content).toMatchObject({ status: 'ok' });
    // The reply comes by another socket: the server may read it before or after these.
  });

  onWrapped('shows what the user typed as the input', async ({ client }) => {
    const code = '%%pyperf --label "a b"\n1';
    const { published } = await client.execute(code);
    const input = published.find(({ header }) => header.msg_type === 'execute_input');
    expect(input?.content['code']).toBe(code);
  });

  onWrapped('stays in the history as it was typed', async ({ client }) => {
    const cells = ['%%pyperf\na = 1', '%%pyperf --label L\n%%time\na', '%pyperf status'];
    for (const code of cells) await client.execute(code);
    const { reply } = await client.request('history_request', {
      hist_access_type: 'tail',
      n: 3,
      raw: true,
      output: false,
    });
    expect((reply.content['history'] as string[][]).map(entry => entry[2])).toEqual(cells);
    const shown = printed(await client.execute('%history -n -l 2'));
    expect(shown).toContain('%%pyperf');
  });

  onWrapped('shows the report of a cell that fails, too', async ({ client }) => {
    const done = await client.execute('%%pyperf\nprint("before")\n1/0');
    expect(done.reply.content['ename']).toBe('ZeroDivisionError');
    expect(reportsOf(done)).toHaveLength(1);
  });

  onWrapped('shows the report of an interrupted cell', async ({ client, server, id }) => {
    const msgId = client.startExecute(
      '%%pyperf\nimport time\nprint("go", flush=True)\ntime.sleep(60)',
    );
    await client.waitForText('go', msgId);
    await server.interruptKernel(id);
    const done = await client.finished(msgId);
    expect(done.reply.content['ename']).toBe('KeyboardInterrupt');
    expect(reportsOf(done)).toHaveLength(1);
  });

  onWrapped('shows no report for an aborted cell', async ({ client }) => {
    const ids = ['%%pyperf\n1/0', '%%pyperf\nprint("b")', 'print("c")'].map(code =>
      client.startExecute(code),
    );
    const [failed, aborted, last] = await Promise.all(ids.map(id => client.finished(id)));
    expect(failed?.reply.content['status']).toBe('error');
    expect(aborted?.reply.content['status']).toBe('aborted');
    expect(reportsOf(aborted as Finished)).toHaveLength(0);
    expect(last?.reply.content['status']).toBe('aborted');
  });

  onWrapped('shows nothing with --quiet', async ({ client }) => {
    const done = await client.execute('%%pyperf --quiet\n1');
    expect(reportsOf(done)).toHaveLength(0);
    expect(done.reply.content['status']).toBe('ok');
  });

  onWrapped('passes on what a thread prints after the cell is idle', async ({ client }) => {
    await client.execute(
      '%%pyperf\nimport threading\nthreading.Timer(0.5, lambda: print("late", flush=True)).start()',
    );
    await client.waitForText('late');
  });

  for (const options of ['--no-such-option', '--rate fast', '--memory none', 'stray', '--label'])
    onWrapped(`refuses "${options}" without running the cell`, async ({ client }) => {
      // Behind it both wait in the kernel: which of two cells that end at once comes in time to be aborted is chance.
      client.startExecute('import time; time.sleep(0.5)');
      const refused = client.startExecute(`%%pyperf ${options}\nran = True\nprint("ran")`);
      const queued = client.startExecute('print("queued")');
      const done = await client.finished(refused);
      expect(done.reply.content).toMatchObject({ status: 'error', ename: 'PyPerfUsageError' });
      const error = done.published.find(({ header }) => header.msg_type === 'error');
      expect(error?.content).toMatchObject({ ename: 'PyPerfUsageError' });
      expect(String(error?.content['evalue'])).toContain('%%pyperf');
      expect(printed(done)).toBe('');
      expect((await client.finished(queued)).reply.content['status']).toBe('aborted');
      expect(printed(await client.execute('print("ran" in globals())'))).toBe('False\n');
    });

  onWrapped('prints help without running the cell', async ({ client }) => {
    const done = await client.execute('%%pyperf -h\nran = True');
    expect(done.reply.content['status']).toBe('ok');
    expect(JSON.stringify(done.published.map(({ content }) => content))).toContain('--rate');
    expect(printed(await client.execute('print("ran" in globals())'))).toBe('False\n');
  });

  onWrapped('profiles every cell between on and off', async ({ client }) => {
    const count = async (code: string) => reportsOf(await client.execute(code)).length;
    expect(await count('1')).toBe(0);
    await client.execute('%pyperf on');
    expect(await count('2')).toBe(1);
    expect(await count('%%time\n3')).toBe(1);
    await client.execute('%pyperf off');
    expect(await count('4')).toBe(0);
  });

  onWrapped('reports, exports and tells its status', async ({ client, server, id }) => {
    void server;
    void id;
    await client.execute('%%pyperf --label numbers\nsum(range(10**6))');
    const shown = async (code: string): Promise<string> => {
      const done = await client.execute(code);
      expect(done.reply.content, code).toMatchObject({ status: 'ok' });
      return JSON.stringify(done.published.map(({ content }) => content));
    };
    expect(await shown('%pyperf status')).toMatch(/\w/);
    expect(await shown('%pyperf report')).toContain('numbers');
    for (const name of ['r.pyperf.json', 'r.html', 'r.md', 'r.csv', 'r.txt'])
      await shown(`%pyperf export ${name}`);
    const folder = printed(await client.execute('import os\nprint(os.getcwd())')).trim();
    const profile = JSON.parse(readFileSync(join(folder, 'r.pyperf.json'), 'utf8')) as {
      cells: { label: string }[];
    };
    expect(profile.cells.some(({ label }) => label === 'numbers')).toBe(true);
    for (const name of ['r.html', 'r.md', 'r.csv', 'r.txt'])
      expect(readFileSync(join(folder, name), 'utf8')).toContain('numbers');
  });

  onWrapped('refuses an unknown %pyperf word', async ({ client }) => {
    const { reply } = await client.execute('%pyperf sideways');
    expect(reply.content).toMatchObject({ status: 'error', ename: 'PyPerfUsageError' });
  });

  onWrapped('knows the user by the connection file that Jupyter wrote', async ({ client, id }) => {
    // Libraries find the notebook's server session by this name.
    const text = printed(
      await client.execute(
        'import ipykernel, os\nprint(os.path.basename(ipykernel.get_connection_file()))',
      ),
    );
    expect(text).toBe(`kernel-${id}.json\n`);
  });

  onWrapped('lets two tabs see the same report', async ({ client, connect }) => {
    const other: KernelClient = await connect();
    const msgId = client.startExecute('%%pyperf\n1');
    const [mine, theirs] = await Promise.all([client.finished(msgId), other.idle(msgId)]);
    expect(theirs.filter(isReport).map(dataOf)).toEqual(reportsOf(mine).map(dataOf));
  });

  onWrapped('goes on after a restart', async ({ client, server, id }) => {
    await client.execute('%%pyperf\nx = 1');
    await server.restartKernel(id);
    await client.ready();
    const done = await client.execute('%%pyperf\n"x" in globals()');
    expect(reportsOf(done)).toHaveLength(1);
    expect(done.reply.content['execution_count']).toBe(1);
  });
});
