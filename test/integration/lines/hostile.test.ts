/** The kernel dies, becomes another program, forks, or never lets go of the GIL, in the middle of sampling. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProfile, type Cell } from '../../../src/profile/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { childrenOf, processesNaming, sleep, until } from '../../support/processes.ts';
import { untilSampled } from '../run/profiled-cell.ts';
import { profileMarked, shareOf } from './cells.ts';

const COMM = 'hostile-test';
let kernel: StartedKernel;

beforeEach(async () => {
  kernel = await startWrappedKernel();
  await kernel.client.execute('import os, sys, threading, time');
  // The sampler's own start is no part of what is tested here.
  await untilSampled(kernel.client);
});
afterEach(() => kernel.stop());

const handles = (): number => readdirSync(`/proc/${kernel.pid}/fd`).length;
const tell = (type: string, content: Record<string, unknown>): Promise<void> =>
  kernel.client.sendFrames('shell', kernel.client.session.message(type, content).frames);

/** Cells that the hook told of in messages of this type. */
const told = (type: 'cell' | 'live'): Cell[] =>
  kernel.client.seen.flatMap(({ header, content }) => {
    const data = content['data'] as { type?: string; profile?: unknown } | undefined;
    const isOurs = header.msg_type === 'comm_msg' && content['comm_id'] === COMM;
    return isOurs && data?.type === type && data.profile ? parseProfile(data.profile).cells : [];
  });

const listen = (): Promise<void> =>
  tell('comm_open', { comm_id: COMM, target_name: 'pyperf', data: {} });

/** Sends a cell whose reply may never come. */
const run = (code: string): Promise<void> =>
  tell('execute_request', {
    code: `%%pyperf\n${code}`,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
  });

describe('no handle stays open', () => {
  it('after fifty cells with threads and processes', async () => {
    const code = `threads = [threading.Thread(target=time.sleep, args=(0.02,)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
os.system('true')`;
    await profileMarked(kernel.client, code);
    const before = handles();
    for (let count = 0; count < 50; count++) await profileMarked(kernel.client, code);
    await until('the handles to go', () => handles() <= before);
  });

  it('after forks that outlive their cell', async () => {
    const before = handles();
    for (let count = 0; count < 5; count++) {
      const { cell, line } = await profileMarked(
        kernel.client,
        `for _ in range(4):
    if os.fork() == 0:
        time.sleep(0.4)  #@child
        os._exit(0)
time.sleep(0.2)  #@parent`,
      );
      expect(cell.status).toBe('ok');
      expect(line('parent')?.selfMs).toBeGreaterThan(150);
      expect(line('parent')?.selfMs).toBeLessThan(cell.wallTimeMs + 20);
      expect(line('child')?.offCpuMs.sleep).toBeGreaterThan(100);
    }
    await until('the handles to go', () => handles() <= before);
  });
});

describe('the hook survives and tells what it saw', () => {
  it.each([
    ['kills itself', 'os.kill(os.getpid(), 9)', { code: null, signal: 'SIGKILL' }],
    ['crashes', 'import ctypes; ctypes.string_at(0)', { code: null, signal: 'SIGSEGV' }],
    ['exits', 'os._exit(3)', { code: 3, signal: null }],
  ])('when the cell %s', async (_, death, exit) => {
    await listen();
    await run(`for _ in range(3):\n    time.sleep(0.2)  #@hot\n${death}`);
    const { code, signal } = await kernel.exited;
    expect([
      { code, signal },
      { code: 128 + 9, signal: null },
      { code: 128 + 11, signal: null },
    ]).toContainEqual(exit);
    const [cell] = told('cell').filter(({ status }) => status === 'died');
    expect(cell?.lines[0]?.text).toContain('#@hot');
    expect(cell?.lines[0]?.selfMs).toBeGreaterThan(400);
    expect(kernel.stderr).not.toMatch(/at .*\.cjs|TypeError|RangeError/);
  });

  it('when it is restarted', async () => {
    await run('while True:\n    pass');
    await sleep(500);
    await kernel.client
      .request('control', 'shutdown_request', { restart: true })
      .catch(() => undefined);
    await kernel.exited;
    await until('its processes to go', () => processesNaming(kernel.folder).length === 0);
    expect(kernel.stderr).not.toMatch(/at .*\.cjs|TypeError|RangeError/);
  });

  it('when the process becomes another program, which is not sampled', async () => {
    await listen();
    const program =
      'def after():\\n    import time\\n    end = time.time() + 1\\n    while time.time() < end: pass\\nafter()';
    await run(
      `time.sleep(0.4)  #@hot\nos.execv(sys.executable, [sys.executable, '-c', '${program}'])`,
    );
    await kernel.exited;
    const [cell] = told('cell').filter(({ status }) => status === 'died');
    expect(cell?.lines[0]?.text).toContain('#@hot');
    expect(cell?.functions.map(({ name }) => name)).not.toContain('after');
    expect(kernel.stderr).not.toMatch(/at .*\.cjs|TypeError|RangeError/);
  });

  it('when the kernel is stopped and goes on', async () => {
    const running = profileMarked(
      kernel.client,
      'for _ in range(20):\n    sum(range(400_000))  #@hot',
    );
    await sleep(150);
    const [real] = childrenOf(kernel.pid);
    process.kill(real?.pid ?? 0, 'SIGSTOP');
    await sleep(500);
    process.kill(real?.pid ?? 0, 'SIGCONT');
    const { cell, line } = await running;
    expect(cell.status).toBe('ok');
    expect(shareOf(cell, line('hot'))).toBeGreaterThan(0.9);
  });
});

describe('C code that never lets go of the GIL', () => {
  it.each([
    ['a regular expression', "import re; found = re.match(r'(a+)+$', 'a' * 27 + 'b')  #@hot"],
    ['a sum, from the first moment of its cell', 'total = sum(range(3 * 10**8))  #@hot'],
    ['sorting', 'ordered = sorted(range(12_000_000, 0, -1), key=hash)  #@hot'],
  ])('%s is named while it runs and after', async (_, code) => {
    await listen();
    const running = profileMarked(kernel.client, code);
    const live = await until('a line of the running cell', async () => {
      await sleep(200);
      await tell('comm_msg', { comm_id: COMM, data: { type: 'peek' } });
      return told('live').find(({ lines }) => lines.length > 0);
    });
    const { cell, line } = await running;
    const source = { executionCount: cell.executionCount, line: 2 };
    expect(live).toMatchObject({ status: 'running', lines: [{ source }] });
    expect(live.lines[0]?.share).toBeGreaterThan(0.9);
    expect(line('hot')?.source).toEqual(source);
    expect(shareOf(cell, line('hot'))).toBeGreaterThan(0.9);
    expect(line('hot')?.selfMs).toBeGreaterThan(0.9 * cell.wallTimeMs);
  });
});

describe('memory by line', () => {
  it('gives 512 MB to the line that allocates them, to 2 %', async () => {
    const { line } = await profileMarked(
      kernel.client,
      `import numpy as np
time.sleep(0.05)
big = np.ones(512 * 2**20 // 8)  #@big
time.sleep(0.05)`,
    );
    expect((line('big')?.rssGrowthBytes ?? 0) / (512 * 2 ** 20)).toBeGreaterThan(0.98);
    expect((line('big')?.rssGrowthBytes ?? 0) / (512 * 2 ** 20)).toBeLessThan(1.02);
  });

  it('shows a leak of 1 MB a call on its line, and by the name of what holds it', async () => {
    const { cell, line } = await profileMarked(
      kernel.client,
      `kept = []
def leak():
    kept.append(b'x' * (1 << 20))  #@leak
    return len(kept)
for _ in range(200): leak()`,
    );
    const leaked = 200 * 2 ** 20;
    // Growth is noticed at the next sample, which may fall behind the line: most of it must be on the line itself.
    expect(line('leak')?.rssGrowthBytes).toBeGreaterThan(leaked / 2);
    const kept = cell.variables.find(({ name }) => name === 'kept');
    expect((kept?.sizeBytes ?? 0) / leaked).toBeCloseTo(1, 1);
  });
});
