import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SamplingClient } from '../../../kernel/sampling/index.ts';
import { bundleWorker, Target } from './harness.ts';

const PROGRAMS = 'test/integration/sampling/programs';
let worker: Awaited<ReturnType<typeof bundleWorker>>;
let problems: string[];
let client: SamplingClient;
let kernel: ChildProcess;

beforeAll(async () => {
  worker = await bundleWorker(`${PROGRAMS}/test-worker.ts`);
});
afterAll(() => worker.remove());
beforeEach(async () => {
  problems = [];
  client = new SamplingClient({
    workerUrl: worker.url,
    onProblem: reason => problems.push(reason),
  });
  client.warm();
  await expect(client.peek('none')).rejects.toThrow('never started');
  kernel = spawn('sleep', ['60']);
});
afterEach(async () => {
  kernel.kill('SIGKILL');
  await client.close();
});

const pidOf = (child: ChildProcess): number => child.pid as number;
const start = (cell: string, sampler?: string, rateHz?: number): void =>
  client.start({
    cell,
    pid: pidOf(kernel),
    ...(sampler === undefined ? {} : { stacks: { sampler, pid: pidOf(kernel), details: null } }),
    ...(rateHz === undefined ? {} : { rateHz }),
  });

describe('stack samples', () => {
  it('come at the rate that was asked for', async () => {
    start('a', 'count', 200);
    await sleep(1500);
    const { stacks } = await client.end('a');
    expect(stacks?.intervalMs).toBeGreaterThan(4.5);
    expect(stacks?.intervalMs).toBeLessThan(7);
    expect(problems).toEqual([]);
  });

  it('know the descendants', async () => {
    const target = await Target.start();
    client.start({
      cell: 'a',
      pid: target.pid,
      stacks: { sampler: 'count', pid: target.pid, details: null },
    });
    const { told } = await target.run(`
c = subprocess.Popen(['sleep', '60'])
told = c.pid
time.sleep(0.5)`);
    const { stacks } = await client.end('a');
    await target.run('c.kill()');
    target.kill();
    expect(stacks?.notes).toEqual([String(told)]);
  });

  it('end when the sampler throws, while resources go on', async () => {
    start('a', 'throws');
    await sleep(300);
    const { usage, stacks } = await client.end('a');
    expect(stacks?.samples).toBe(5);
    expect(usage.notes).toEqual(['Sampling stacks stopped early: five is enough.']);
    expect(usage.series.tMs.length).toBeGreaterThan(5);
  });

  it('are missing with a reason when the sampler refuses or is unknown', async () => {
    start('a', 'refuses');
    start('b', 'nobody');
    const [a, b] = await Promise.all([client.end('a'), client.end('b')]);
    expect(a.stacks).toBeUndefined();
    expect(a.usage.notes).toEqual(['Stacks cannot be sampled: this version is not known.']);
    expect(b.usage.notes).toEqual(['There is no stack sampler called "nobody".']);
  });
});

describe('cells', () => {
  it('may overlap and follow each other at once', async () => {
    start('a');
    await sleep(200);
    start('b', 'count');
    await sleep(200);
    const a = client.end('a');
    start('c');
    const [endedA, peekedB] = await Promise.all([a, client.peek('b')]);
    await sleep(100);
    const [b, c] = await Promise.all([client.end('b'), client.end('c')]);
    const lengthOf = ({ usage }: typeof b): number => usage.series.tMs.at(-1) ?? 0;
    expect(lengthOf(endedA)).toBeGreaterThan(350);
    expect(lengthOf(b)).toBeGreaterThan(lengthOf(peekedB));
    expect(lengthOf(c)).toBeLessThan(lengthOf(b));
    expect(b.stacks?.samples).toBeGreaterThan(50);
    expect(c.stacks).toBeUndefined();
  });

  it('whose kernel dies still give what was seen', async () => {
    start('a', 'count');
    await sleep(200);
    kernel.kill('SIGKILL');
    await once(kernel, 'exit');
    await sleep(100);
    const { usage } = await client.end('a');
    expect(usage.notes).toContain(
      'The kernel process ended: figures are from the last look at it.',
    );
    expect(usage.startRssBytes).toBeGreaterThan(0);
    expect(usage.peakRssBytes).toBeGreaterThanOrEqual(usage.startRssBytes);
  });

  it('of a kernel that is gone already are unavailable, not failures', async () => {
    kernel.kill('SIGKILL');
    await once(kernel, 'exit');
    start('a');
    const { usage } = await client.end('a');
    expect(usage.peakMethod).toBe('unavailable');
    expect(usage.notes).toHaveLength(1);
  });
});

describe('a worker that dies', () => {
  it('rejects what waits for it, says so once, and never throws', async () => {
    start('a');
    start('b', 'exits');
    await expect(client.end('a')).rejects.toThrow('ended with code 3');
    expect(problems).toEqual(['The sampling worker ended with code 3.']);
    start('c');
    await expect(client.end('c')).rejects.toThrow('ended with code 3');
    expect(problems).toHaveLength(1);
  });

  it('or cannot be loaded does the same', async () => {
    const lost = new SamplingClient({
      workerUrl: new URL('file:///nowhere/worker.mjs'),
      onProblem: reason => problems.push(reason),
    });
    lost.start({ cell: 'a', pid: process.pid });
    await expect(lost.end('a')).rejects.toThrow('worker.mjs');
    expect(problems).toHaveLength(1);
  });

  it('by being closed rejects what waits', async () => {
    start('a');
    const ended = client.end('a');
    const closed = client.close();
    await expect(ended).rejects.toThrow('closed');
    await closed;
    expect(problems).toEqual([]);
  });
});

describe('what sampling costs', () => {
  it('is a small worker, which loads fast: one careless import can bring the whole schema library', async () => {
    const real = await bundleWorker();
    real.remove();
    expect(real.sizeBytes).toBeLessThan(400_000);
  });

  it('is nothing between cells, and the worker keeps no process alive', async () => {
    const [program, real] = await Promise.all([
      bundleWorker(`${PROGRAMS}/idle.ts`),
      bundleWorker(),
    ]);
    const run = await promisify(execFile)(process.execPath, [
      fileURLToPath(program.url),
      real.url.href,
    ]);
    program.remove();
    real.remove();
    const { idleCpuMs } = JSON.parse(run.stdout) as { idleCpuMs: number };
    expect(idleCpuMs).toBeLessThan(15);
  });
});
