/** Threads that wait for a lock or for a place in a pool, seen from outside. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { untilSampled } from '../run/profiled-cell.ts';
import { cellsOf } from './cells.ts';

let kernel: StartedKernel;
const { profiled } = cellsOf(() => kernel);

beforeAll(async () => {
  kernel = await startWrappedKernel();
  await untilSampled(kernel.client);
});
afterAll(() => kernel.stop());

it('tells the line that waits for a lock, how many at once, and the line inside it', async () => {
  const { cell, stdout } = await profiled(
    '%%pyperf',
    'import threading, time',
    'waited = []',
    'class Cache:',
    '    def __init__(self): self.lock = threading.Lock(); self.data = {}',
    '    def get(self, key):',
    '        began = time.perf_counter()',
    '        with self.lock:',
    '            waited.append(time.perf_counter() - began)',
    '            self.load(key)',
    '            return self.data[key]',
    '    def load(self, key):',
    '        time.sleep(0.05)',
    '        self.data[key] = key',
    'cache = Cache()',
    'def work(i):',
    '    for key in range(5): cache.get(key)',
    'threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]',
    'for t in threads: t.start()',
    'for t in threads: t.join()',
    'print(sum(waited) * 1000)',
  );
  const { executionCount } = cell;
  expect(cell.lockWaits).toHaveLength(1);
  const [wait] = cell.lockWaits ?? [];
  expect(wait).toMatchObject({ kind: 'lock', source: { executionCount, line: 8 }, waiters: 3 });
  expect(wait?.heldAt[0]).toEqual({ executionCount, line: 10 });
  // As the threads' own clocks have it; who gets the lock next is up to the system.
  expect(Math.abs((wait?.waitMs ?? 0) / Number(stdout) - 1)).toBeLessThan(0.08);
});

it('tells waits for a pool of the notebook’s own and of SQLAlchemy', async () => {
  const { cell } = await profiled(
    '%%pyperf',
    'import queue, threading, time',
    'from concurrent.futures import ThreadPoolExecutor',
    'from sqlalchemy import create_engine, text',
    'from sqlalchemy.pool import QueuePool',
    'class ConnectionPool:',
    '    def __init__(self, n):',
    '        self.free = queue.Queue()',
    '        for i in range(n): self.free.put(i)',
    '    def acquire(self):',
    '        return self.free.get()',
    '    def release(self, c): self.free.put(c)',
    'pool = ConnectionPool(2)',
    'engine = create_engine("sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args={"check_same_thread": False})',
    'def own(i):',
    '    c = pool.acquire()',
    '    time.sleep(0.05); pool.release(c)',
    'def theirs(i):',
    '    with engine.connect() as c:',
    '        c.execute(text("SELECT 1")); time.sleep(0.05)',
    'with ThreadPoolExecutor(6) as workers:',
    '    list(workers.map(own, range(24)))',
    '    list(workers.map(theirs, range(12)))',
  );
  const { executionCount } = cell;
  const waits = (cell.lockWaits ?? []).map(({ kind, source }) => ({ kind, source }));
  expect(waits).toContainEqual({ kind: 'pool', source: { executionCount, line: 11 } });
  expect(waits).toContainEqual({ kind: 'pool', source: { executionCount, line: 19 } });
  expect(waits).toHaveLength(2);
  const own = cell.lockWaits?.find(wait => 'line' in wait.source && wait.source.line === 11);
  expect(own?.waiters).toBe(4);
  // 24 holds of 50 ms through two places take 600 ms, in which four of six wait.
  expect(own?.waitMs).toBeGreaterThan(1600);
  expect(own?.waitMs).toBeLessThan(2800);
});

it('takes neither the interpreter’s lock, nor joins, events and results, for contention', async () => {
  const { cell } = await profiled(
    '%%pyperf',
    'import threading, time, queue',
    'from concurrent.futures import ThreadPoolExecutor',
    'def spin():',
    '    end = time.perf_counter() + 0.4',
    '    while time.perf_counter() < end: sum(range(500))',
    'done = threading.Event(); inbox = queue.Queue(); simple = queue.SimpleQueue()',
    'def idle(): done.wait()',
    'def reader(): inbox.get()',
    'def other(): simple.get()',
    'ts = [threading.Thread(target=f) for f in (spin, spin, idle, reader, other)]',
    'for t in ts: t.start()',
    'with ThreadPoolExecutor(2) as e: e.submit(spin).result()',
    'done.set(); inbox.put(1); simple.put(1)',
    'for t in ts: t.join()',
  );
  expect(cell.lockWaits).toEqual([]);
});
