/** Whose line the time is, through the real hook and a real ipykernel. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/profile/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { sleep } from '../../support/processes.ts';
import { untilSampled } from '../run/profiled-cell.ts';
import { findLine, placeOf, profileMarked, shareOf } from './cells.ts';
import { HOT_LINES, PRELUDE } from './hot-lines.ts';

let kernel: StartedKernel;

beforeAll(async () => {
  kernel = await startWrappedKernel();
  writeFileSync(join(kernel.folder, 'helper.py'), HELPER);
  writeFileSync(join(kernel.folder, 'script.py'), 'import time\n\ntime.sleep(0.3)  #@script\n');
  await kernel.client.execute(PRELUDE);
  await untilSampled(kernel.client);
});
afterAll(() => kernel.stop());

const HELPER = `import time
def slow(n):
    return sum(i * i for i in range(n))  #@slow

def square(n):
    total = 0
    for i in range(n): total += i * i  #@square
    return total
`;
const profile = (code: string, options?: string) => profileMarked(kernel.client, code, options);
/**
 * Milliseconds of waiting, to a tenth of a second. A busy machine wakes late what waits: then the whole cell, which takes
 * `wholeMs` by itself, takes longer by as much.
 */
const about =
  (wholeMs: number, { wallTimeMs }: Cell) =>
  (milliseconds: number): unknown => ({
    asymmetricMatch: (seen: number) =>
      seen > milliseconds - 50 && seen < milliseconds + 50 + Math.max(0, wallTimeMs - wholeMs),
    toString: () => `about ${milliseconds} ms, in ${wallTimeMs} ms of ${wholeMs}`,
  });

it('tells which line was hot at each moment', async () => {
  const { cell } = await profile(`import time
time.sleep(0.4)
end = time.perf_counter() + 0.4
while time.perf_counter() < end: sum(range(1000))
time.sleep(0.4)`);
  const { untilMs, lines } = cell.hotLines ?? { untilMs: [], lines: [] };
  const lineAt = (tMs: number): unknown => {
    const line = cell.lines[lines[untilMs.findIndex(until => tMs <= until)] ?? -1]?.source.line;
    return line === undefined ? undefined : cell.source.split('\n')[line - 1];
  };
  const start = cell.wallTimeMs - 1200; // imports
  expect(lineAt(start + 200)).toBe('time.sleep(0.4)');
  expect(lineAt(start + 600)).toContain('while');
  expect(lineAt(start + 1000)).toBe('time.sleep(0.4)');
  expect(untilMs.length).toBeLessThan(20);
});

describe('the hot line of', () => {
  it.each(Object.entries(HOT_LINES))('%s', async (_, code) => {
    const { cell, line } = await profile(code);
    expect(cell.lines[0]?.text).toContain('#@hot');
    expect(shareOf(cell, line('hot'))).toBeGreaterThan(0.75);
    expect(line('hot')?.source).toEqual({
      executionCount: cell.executionCount,
      line: cell.source.split('\n').findIndex(text => text.includes('#@hot')) + 1,
    });
    if (code.includes('#@calls')) {
      const calls = line('calls');
      expect(calls?.totalMs).toBeGreaterThan(0.9 * (line('hot')?.selfMs ?? 0));
      expect(calls?.selfMs).toBeLessThan(0.1 * (line('hot')?.selfMs ?? 0));
    }
    for (const { totalMs } of cell.lines) expect(totalMs).toBeLessThan(cell.wallTimeMs + 30);
  });
});

it('a function of another cell is named where it is defined', async () => {
  const defined = await kernel.client.execute(
    '\ndef elsewhere(n):\n    return sum(range(n))  #@elsewhere',
  );
  const count = Number(defined.reply.content['execution_count']);
  const { cell, line } = await profile('x = 1\nelsewhere(10_000_000)  #@calls');
  expect(line('elsewhere')?.source).toEqual({ executionCount: count, line: 3 });
  expect(shareOf(cell, line('elsewhere'))).toBeGreaterThan(0.9);
  expect(line('calls')?.totalMs).toBeGreaterThan(0.9 * (line('elsewhere')?.selfMs ?? Infinity));
});

it('recursion counts once', async () => {
  const { cell, line, stdout } = await profile(
    `begin = time.perf_counter()
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)  #@fib
fib(26)  #@calls
print(time.perf_counter() - begin)`,
  );
  const tookMs = Number(stdout) * 1000;
  expect(line('fib')?.totalMs).toBeLessThan(tookMs * 1.05 + 20);
  expect(line('calls')?.totalMs).toBeLessThan(tookMs * 1.05 + 20);
  expect(line('calls')?.totalMs).toBeGreaterThan(tookMs * 0.8 - 20);
  expect(cell.functions.filter(({ name }) => name === 'fib').length).toBeGreaterThan(3);
});

it('a script and an imported module are named by file, with their text', async () => {
  const script = await profile('%run script.py');
  expect(placeOf(script.cell.lines[0]!)).toBe('script.py:3');
  expect(script.cell.lines[0]?.text).toBe('time.sleep(0.3)  #@script');
  const imported = await profile('import helper\nhelper.slow(3_000_000)  #@calls');
  expect(placeOf(imported.cell.lines[0]!)).toBe('helper.py:3');
  expect(imported.line('calls')?.totalMs).toBeGreaterThan(
    0.9 * (imported.line('slow')?.selfMs ?? 0),
  );
});

it('a library folds under the line that calls it, by the name of what it calls', async () => {
  const { cell, line } = await profile(
    `import json, re, numpy as np, pandas as pd
random = np.random.default_rng(0)
values = random.random(6_000_000)
ordered = np.sort(values)  #@sort
left = pd.DataFrame({'k': random.integers(0, 50_000, 2_000_000), 'v': 1.0})
merged = left.merge(left.drop_duplicates('k'), on='k')  #@merge
text = json.dumps([{'number': i} for i in range(150_000)])  #@dumps
found = re.findall(r'(\\d+)', text * 3)  #@findall
total = left.groupby('k').agg({'v': lambda v: v.sum()})  #@agg`,
  );
  const callees = (name: string) => line(name)?.callees?.map(callee => callee.name) ?? [];
  expect(callees('sort')).toContain('numpy sort');
  expect(callees('merge')).toContain('pandas DataFrame.merge');
  expect(callees('dumps')).toContain('json dumps');
  expect(callees('findall')).toContain('re findall');
  expect(callees('agg')).toContain('pandas DataFrameGroupBy.aggregate');
  expect(cell.lines.every(({ source }) => 'executionCount' in source)).toBe(true);
});

it('waiting is told by its cause', async () => {
  const { line, cell } = await profile(
    `import os, queue, select, socket, subprocess, threading
later = lambda work, *args: threading.Timer(0.3, work, args).start()
time.sleep(0.3)  #@sleep
lock = threading.Lock(); lock.acquire(); later(lock.release)
lock.acquire()  #@lock
box = queue.Queue(); later(box.put, 1)
box.get()  #@queue
near, far = socket.socketpair(); later(far.send, b'x')
near.recv(1)  #@socket
reading, writing = os.pipe(); later(os.write, writing, b'x')
select.select([reading], [], [])  #@select
done = subprocess.run(['sleep', '0.3'])  #@subprocess
later(near.close); later(far.close)`,
  );
  const waits = (name: string) => line(name)?.offCpuMs;
  const near = about(1800, cell);
  expect(waits('sleep')).toMatchObject({ sleep: near(300) });
  expect(waits('lock')).toMatchObject({ lock: near(300) });
  expect(waits('queue')).toMatchObject({ lock: near(300) });
  expect(waits('socket')).toMatchObject({ network: near(300) });
  expect(waits('select')).toMatchObject({ wait: near(300) });
  expect(waits('subprocess')).toMatchObject({ wait: near(300) });
  expect(cell.offCpuMs).toMatchObject({ sleep: near(300), lock: near(600), wait: near(600) });
});

it('a file is waited for by path', async () => {
  const { cell, line } = await profile(
    `import os
block = os.urandom(1 << 20)
with open('big', 'wb', buffering=0) as file:
    for _ in range(200): file.write(block)
    os.fsync(file.fileno())  #@sync
os.remove('big')`,
  );
  const waited = line('sync')?.offCpuMs.disk ?? 0;
  // How long depends on the disk; what was waited for does not.
  expect(waited).toBeGreaterThan(0.5 * (line('sync')?.selfMs ?? Infinity));
  expect(cell.io.files.find(({ path }) => path.endsWith('/big'))?.waitMs).toBeGreaterThan(
    waited / 2,
  );
});

describe('threads and processes', () => {
  it('a thread started in an earlier cell keeps its lines', async () => {
    await kernel.client.execute(`import threading
stopped = threading.Event()
def background():
    while not stopped.is_set():
        time.sleep(0.05)  #@background
threading.Thread(target=background, daemon=True).start()`);
    const { line, cell } = await profile('time.sleep(0.4)  #@here');
    await kernel.client.execute('stopped.set()');
    const near = about(400, cell);
    expect(line('here')?.selfMs).toEqual(near(400));
    expect(line('background')?.selfMs).toBeGreaterThan(350);
    expect(line('background')?.function).toBe('background');
    expect(cell.offCpuMs).toMatchObject({ sleep: near(400) });
  });

  it('a pool of threads', async () => {
    const { line, cell } = await profile(
      `from concurrent.futures import ThreadPoolExecutor
def task(n):
    time.sleep(0.3)  #@task
with ThreadPoolExecutor(3) as pool:
    list(pool.map(task, range(3)))  #@waits`,
    );
    const sleptMs = line('task')?.offCpuMs.sleep ?? NaN;
    expect(sleptMs / 3).toEqual(about(300, cell)(300));
    expect(line('waits')?.offCpuMs.lock).toEqual(about(300, cell)(300));
    expect(line('waits')?.callees?.[0]?.name).toMatch(/^concurrent /);
  });

  it('asyncio.to_thread: the work and the line that awaits it', async () => {
    const { line, cell } = await profile(
      `def blocking():
    time.sleep(0.4)  #@blocking
await asyncio.to_thread(blocking)  #@awaits`,
    );
    expect(line('blocking')?.offCpuMs.sleep).toEqual(about(400, cell)(400));
    expect(line('awaits')?.offCpuMs.wait).toEqual(about(400, cell)(400));
  });

  const WORK = `def work(n):
    total = 0
    for i in range(n): total += i * i  #@work
    return total
`;
  it.each([
    [
      'ProcessPoolExecutor, forked',
      `${WORK}
import concurrent.futures, multiprocessing
with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context('fork')) as pool:
    list(pool.map(work, [6_000_000] * 2))  #@waits`,
      'work',
    ],
    [
      'ProcessPoolExecutor, spawned',
      `
import concurrent.futures, multiprocessing, helper
with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context('spawn')) as pool:
    list(pool.map(helper.square, [6_000_000] * 2))  #@waits`,
      'square',
    ],
    [
      'multiprocessing.Pool',
      `${WORK}
import multiprocessing
with multiprocessing.Pool(2) as pool:
    pool.map(work, [6_000_000] * 2)  #@waits`,
      'work',
    ],
    [
      'joblib',
      `${WORK}
from joblib import Parallel, delayed
Parallel(n_jobs=2)(delayed(work)(6_000_000) for _ in range(2))  #@waits`,
      'work',
    ],
  ])('%s', async (_, code, name) => {
    const { cell, line } = await profile(code);
    expect(line(name)).toBe(
      cell.lines.find(({ offCpuMs, selfMs }) => offCpuMs.lock + offCpuMs.sleep < selfMs / 2),
    );
    expect(line('waits')?.selfMs).toBeGreaterThan(0.4 * cell.wallTimeMs);
    expect(cell.processes.length).toBeGreaterThan(2);
  });
});

it('an interrupted cell has the lines up to then', async () => {
  const running = profile('for _ in range(100):\n    time.sleep(0.2)  #@hot');
  await sleep(700);
  await kernel.client.request('control', 'interrupt_request', {});
  const { cell, line } = await running;
  expect(cell.status).not.toBe('ok');
  expect(line('hot')?.selfMs).toBeGreaterThan(300);
  expect(line('hot')?.selfMs).toBeLessThan(cell.wallTimeMs + 20);
});

it('the same text twice: each run is its own cell', async () => {
  const code = 'def again():\n    time.sleep(0.2)  #@hot\nagain()  #@calls';
  const [first, second] = [await profile(code), await profile(code)];
  for (const { cell, line } of [first, second]) {
    expect(line('hot')?.source).toEqual({ executionCount: cell.executionCount, line: 3 });
    expect(line('hot')?.selfMs).toEqual(about(200, cell)(200));
  }
  expect(second.cell.executionCount).toBe((first.cell.executionCount ?? 0) + 1);
});

describe('options', () => {
  it('--rate fixes the rate', async () => {
    const { cell, line } = await profile(
      'time.sleep(0.5)  #@a\nsum(range(15_000_000))  #@b',
      '--rate 50',
    );
    expect(cell.sampling.intervalMs).toBeGreaterThan(17);
    expect(cell.sampling.intervalMs).toBeLessThan(30);
    expect(line('a')?.selfMs).toEqual(about(500 + (line('b')?.selfMs ?? NaN), cell)(500));
  });

  it('--no-lines takes no samples and says so', async () => {
    const { cell } = await profile('time.sleep(0.1)', '--no-lines --label quick');
    expect(cell.lines).toEqual([]);
    expect(cell.sampling).toMatchObject({ method: 'none', samples: 0 });
    expect(cell.label).toBe('quick');
  });

  it('--memory trace gives exact bytes to the lines that allocate', async () => {
    const { cell, line } = await profile(
      `kept = []
big = bytearray(30_000_000)  #@big
def leak():
    kept.append(bytearray(1 << 20))  #@leak
    return sum(range(50_000))
for _ in range(20): leak()`,
      '--memory trace',
    );
    expect(line('big')?.tracedBytes).toBeGreaterThan(29_990_000);
    expect(line('big')?.tracedBytes).toBeLessThan(30_010_000);
    expect((line('leak')?.tracedBytes ?? 0) / (20 << 20)).toBeCloseTo(1, 2);
    expect(cell.sampling.note).toContain('tracemalloc');
  });

  it('variables tell what grew', async () => {
    await kernel.client.execute('grows = []');
    const { cell } = await profile('grows.extend(bytearray(1 << 20) for _ in range(10))');
    const grows = cell.variables.find(({ name }) => name === 'grows');
    expect(grows?.type).toBe('list');
    expect((grows?.growthBytes ?? 0) / (10 << 20)).toBeCloseTo(1, 1);
  });
});

it('the sampler inside finds the same hot line, and says that it was used and why', async () => {
  const inside = await startWrappedKernel({ env: { PYPERF_SAMPLER: 'in-process' } });
  try {
    const code = `import time
def hot():
    for _ in range(150): sum(range(400_000))  #@hot
hot()  #@calls
time.sleep(0.2)  #@sleep`;
    const { cell } = await profileMarked(inside.client, code);
    expect(cell.sampling.method).toBe('in-process');
    expect(cell.sampling.note).toContain('PYPERF_SAMPLER=in-process asks for it');
    expect(cell.lines[0]?.text).toContain('#@hot');
    const elsewhereMs = cell.wallTimeMs - (findLine(cell, '#@sleep')?.selfMs ?? NaN);
    expect(findLine(cell, '#@sleep')?.offCpuMs.sleep).toEqual(about(200 + elsewhereMs, cell)(200));
  } finally {
    await inside.stop();
  }
});
