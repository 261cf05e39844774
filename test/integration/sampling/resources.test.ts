import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SamplingClient, type SampledCell } from '../../../kernel/sampling/index.ts';
import { bundleWorker, Target } from './harness.ts';

let worker: Awaited<ReturnType<typeof bundleWorker>>;
let client: SamplingClient;
let target: Target;
let dir: string;

beforeAll(async () => {
  worker = await bundleWorker();
  dir = mkdtempSync(join(tmpdir(), 'pyperf-sampling-'));
});
afterAll(() => {
  worker.remove();
  rmSync(dir, { recursive: true });
});
beforeEach(async () => {
  client = new SamplingClient({ workerUrl: worker.url });
  client.warm();
  target = await Target.start(`
dir = ${JSON.stringify(dir)}
SPIN = 'import time\\nend = time.process_time() + %g\\nwhile time.process_time() < end: sum(range(1000))'
def child(code): return subprocess.Popen([sys.executable, '-S', '-c', code])
`);
});
afterEach(async () => {
  target.kill();
  await client.close();
});

/** Runs code in the target as one cell and waits until its measurement has begun. */
async function measure(
  code: string,
): Promise<SampledCell & { truth: Awaited<ReturnType<Target['run']>> }> {
  client.start({ cell: 'cell', pid: target.pid, resetPeak: true });
  await client.peek('cell');
  const truth = await target.run(code);
  return { ...(await client.end('cell')), truth };
}

const MB = 1024 * 1024;

function expectWithin(measured: number, truth: number, share: number): void {
  expect(measured).toBeGreaterThan(truth * (1 - share));
  expect(measured).toBeLessThan(truth * (1 + share));
}

describe('peak memory', () => {
  it('is exact for 512 MB that live for 20 ms', async () => {
    const { usage } = await measure(`
x = bytearray(512 * 1024 * 1024)
time.sleep(0.02)
del x`);
    expect(usage.peakMethod).toBe('hwm');
    expectWithin(usage.peakRssBytes - usage.startRssBytes, 512 * MB, 0.01);
    expect(usage.kernel.peakRssBytes).toBe(usage.peakRssBytes);
    expect(usage.endRssBytes - usage.startRssBytes).toBeLessThan(8 * MB);
  });

  it('of an earlier cell is not taken for this one', async () => {
    await target.run('x = bytearray(300 * 1024 * 1024); del x');
    client.start({ cell: 'cell', pid: target.pid });
    await client.peek('cell');
    await target.run('time.sleep(0.1)');
    const { usage } = await client.end('cell');
    expect(usage.peakMethod).toBe('rss');
    expect(usage.peakRssBytes - usage.startRssBytes).toBeLessThan(MB);
  });

  it('is seen when the kernel resets its own mark at the start of the cell', async () => {
    await target.run('x = bytearray(600 * 1024 * 1024); del x');
    client.start({ cell: 'cell', pid: target.pid });
    await client.peek('cell');
    await target.run(`
open('/proc/self/clear_refs', 'w').write('5')
x = bytearray(200 * 1024 * 1024); del x`);
    const { usage } = await client.end('cell');
    expect(usage.peakMethod).toBe('hwm');
    expectWithin(usage.peakRssBytes - usage.startRssBytes, 200 * MB, 0.01);
  });

  it('sums the kernel and its children', async () => {
    const code = 'import time; x = bytearray(100 << 20); time.sleep(0.6)';
    const { usage } = await measure(`
x = bytearray(100 << 20)
for c in [child(${JSON.stringify(code)}) for _ in range(2)]: c.wait()`);
    expect(usage.peakMethod).toBe('rss');
    expect(usage.peakRssBytes - usage.startRssBytes).toBeGreaterThan(300 * MB);
    expect(usage.peakRssBytes - usage.startRssBytes).toBeLessThan(350 * MB);
    expect(Math.max(...usage.series.rssBytes)).toBeLessThanOrEqual(usage.peakRssBytes);
    expect(usage.processes.filter(process => process.peakRssBytes > 100 * MB)).toHaveLength(3);
  });
});

describe('CPU time', () => {
  const total = ({ usage }: SampledCell): number => usage.cpuUserMs + usage.cpuSystemMs;

  it('is what the program itself sees', async () => {
    const cell = await measure('spin(1.2)');
    expectWithin(total(cell), cell.truth.userMs + cell.truth.systemMs, 0.02);
    const { tMs, cpuCores } = cell.usage.series;
    const areaMs = cpuCores.reduce((sum, cores, at) => sum + cores * spanMs(tMs, at), 0);
    expectWithin(areaMs, total(cell), 0.001);
  });

  it('is exact for a short cell, below the tick of the system', async () => {
    const cell = await measure('spin(0.033)');
    expect(Math.abs(total(cell) - cell.truth.userMs - cell.truth.systemMs)).toBeLessThan(4);
  });

  it('tells system from user time', async () => {
    const cell = await measure(
      `
end = time.process_time() + 1.2
while time.process_time() < end: os.read(zero, 1 << 20)`.replace(
        '\n',
        '\nzero = os.open("/dev/zero", os.O_RDONLY)\n',
      ),
    );
    expectWithin(total(cell), cell.truth.userMs + cell.truth.systemMs, 0.02);
    expect(Math.abs(cell.usage.cpuSystemMs - cell.truth.systemMs)).toBeLessThan(30);
    expect(cell.usage.cpuSystemMs).toBeGreaterThan(cell.usage.cpuUserMs);
  });

  it('includes threads, those that ended too', async () => {
    const cell = await measure(`
import hashlib
def work():
    end = time.thread_time() + 0.3
    while time.thread_time() < end: hashlib.sha256(bytes(1 << 20)).digest()
for _ in range(2):
    threads = [threading.Thread(target=work) for _ in range(2)]
    [t.start() for t in threads]; [t.join() for t in threads]`);
    expectWithin(total(cell), cell.truth.userMs + cell.truth.systemMs, 0.02);
  });

  it('includes children that ended and children that go on', async () => {
    const cell = await measure(
      `
ended = [child(SPIN % 0.7) for _ in range(2)]
for c in ended: c.wait()
pid = os.fork()
if pid == 0:
    spin(0.8)
    os.write(pipe[1], json.dumps(sum(cpu())).encode())
    time.sleep(60)
told = json.loads(os.read(pipe[0], 99))
last = pid`.replace('\n', '\npipe = os.pipe()\n'),
    );
    await target.run('os.kill(last, 9)');
    const truthMs = cell.truth.userMs + cell.truth.systemMs + (cell.truth.told as number);
    expectWithin(total(cell), truthMs, 0.02);
    expectWithin(
      cell.usage.processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      truthMs,
      0.1,
    );
    expect(cell.usage.processes.filter(({ exited }) => exited)).toHaveLength(2);
  });

  it('includes children too short to be seen', async () => {
    const cell = await measure(`
for _ in range(150):
    pid = os.fork()
    if pid == 0:
        spin(0.01)
        os._exit(0)
    os.waitpid(pid, 0)`);
    expectWithin(total(cell), cell.truth.userMs + cell.truth.systemMs, 0.02);
  });

  it('keeps what was seen of children that nobody waits for', async () => {
    const cell = await measure(`
import signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
c = child(SPIN % 1.0)
while os.path.exists(f'/proc/{c.pid}'): time.sleep(0.01)`);
    expect(cell.truth.userMs).toBeLessThan(200);
    expectWithin(total(cell) - cell.truth.userMs - cell.truth.systemMs, 1000, 0.08);
  });

  it('follows a process that was seen and then lost its parent', async () => {
    const cell = await measure(`
done = os.path.join(dir, 'done')
orphan = 'import time; time.sleep(0.3)\\n' + SPIN % 0.6 + '\\nopen(%r, "w").close(); time.sleep(0.5)' % done
start = 'import subprocess, sys, time; subprocess.Popen([sys.executable, "-S", "-c", %r]); time.sleep(0.2)'
c = child(start % orphan)
c.wait()
while not os.path.exists(done): time.sleep(0.02)`);
    expect(total(cell) - cell.truth.userMs - cell.truth.systemMs).toBeGreaterThan(600);
    expect(cell.usage.processes).toHaveLength(3);
  });
});

describe('I/O', () => {
  it('is what the program reads and writes, its children included', async () => {
    const { usage } = await measure(`
path = os.path.join(dir, 'data')
with open(path, 'wb', buffering=0) as f:
    for _ in range(40): f.write(bytes(1 << 20))
with open(path, 'rb', buffering=0) as f:
    while f.read(1 << 20): pass
c = child('import sys; f = open(%r, "rb", buffering=0)\\nwhile f.read(1 << 20): pass' % path)
c.wait()
pid = os.fork()
if pid == 0:
    with open(path + '2', 'wb', buffering=0) as f: f.write(bytes(20 << 20))
    os._exit(0)
os.waitpid(pid, 0)`);
    expectWithin(usage.io.readBytes, 80 * MB, 0.01);
    expectWithin(usage.io.writeBytes, 60 * MB, 0.01);
    const { tMs, writeBytesPerSecond } = usage.series;
    const written = writeBytesPerSecond.reduce(
      (sum, rate, at) => sum + (rate * spanMs(tMs, at)) / 1000,
      0,
    );
    expectWithin(written, usage.io.writeBytes, 0.001);
  });
});

describe('processes', () => {
  it('have names that a person knows, the kernel first', async () => {
    const { usage } = await measure(`
c = subprocess.Popen(['sleep', '0.3'])
d = child('import time; time.sleep(0.3)')
c.wait(); d.wait()`);
    expect(usage.processes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['python -c', 'sleep']),
    );
    expect(usage.processes[0]?.pid).toBe(target.pid);
  });

  it('are listed up to a number, the rest in words', async () => {
    const { usage } = await measure(`
pids = []
for _ in range(70):
    pid = os.fork()
    if pid == 0:
        time.sleep(0.5)
        os._exit(0)
    pids.append(pid)
for pid in pids: os.waitpid(pid, 0)`);
    expect(usage.processes).toHaveLength(51);
    expect(usage.notes.join()).toContain('20 more processes');
  });
});

describe('the hook itself', () => {
  it('holds no handle of processes that ended', async () => {
    const handles = (): number => readdirSync('/proc/self/fd').length;
    client.start({ cell: 'cell', pid: target.pid });
    await client.end('cell');
    const before = handles();
    await measure(`
for _ in range(4):
    children = [subprocess.Popen(['sleep', '0.15']) for _ in range(10)]
    for c in children: c.wait()`);
    expect(handles()).toBeLessThanOrEqual(before + 2);
  });

  it('tells of the kernel apart where a launcher stands above it', async () => {
    const { told } = await target.run(`
kernel = subprocess.Popen([sys.executable, '-S', '-c', 'import sys, time\\nsys.stdin.readline()\\n' + SPIN % 0.5 + '\\nx = bytearray(50 << 20)\\nprint("done", flush=True)\\ntime.sleep(60)'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
told = kernel.pid`);
    client.start({ cell: 'cell', pid: target.pid, kernelPid: told as number });
    await client.peek('cell');
    await target.run(
      `kernel.stdin.write(b'go\\n'); kernel.stdin.flush(); kernel.stdout.readline()`,
    );
    const { usage } = await client.end('cell');
    await target.run('kernel.kill(); kernel.wait()');
    expectWithin(usage.kernel.cpuUserMs + usage.kernel.cpuSystemMs, 525, 0.06);
    expect(usage.kernel.peakRssBytes - usage.kernel.startRssBytes).toBeGreaterThan(50 * MB);
    expect(usage.kernel.peakRssBytes).toBeLessThan(usage.peakRssBytes);
  });
});

const spanMs = (tMs: readonly number[], at: number): number => (tMs[at] ?? 0) - (tMs[at - 1] ?? 0);
