import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SamplingClient, type SampledCell } from '../../../kernel/sampling/index.ts';
import { bundleWorker, Target } from './harness.ts';

let worker: Awaited<ReturnType<typeof bundleWorker>>;
let client: SamplingClient;
let target: Target;

beforeAll(async () => {
  worker = await bundleWorker();
});
afterAll(() => worker.remove());
beforeEach(async () => {
  client = new SamplingClient({ workerUrl: worker.url });
  client.warm();
  target = await Target.start();
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

describe('peak memory', () => {
  it('is exact for 512 MB that live for 20 ms', async () => {
    const { usage } = await measure(`
x = bytearray(512 * 1024 * 1024)
time.sleep(0.02)
del x`);
    const grown = usage.peakRssBytes - usage.startRssBytes;
    expect(usage.peakMethod).toBe('hwm');
    expect(grown / (512 * MB)).toBeGreaterThan(0.99);
    expect(grown / (512 * MB)).toBeLessThan(1.01);
  });
});

describe('CPU time', () => {
  it('is what the program itself sees', async () => {
    const { usage, truth } = await measure('spin(1.2)');
    expectWithin(usage.cpuUserMs + usage.cpuSystemMs, truth.userMs + truth.systemMs, 0.02);
  });

  it('is exact for a short cell, below the tick of the system', async () => {
    const { usage, truth } = await measure('spin(0.033)');
    expect(usage.cpuUserMs + usage.cpuSystemMs - truth.userMs - truth.systemMs).toBeLessThan(4);
    expect(usage.cpuUserMs + usage.cpuSystemMs - truth.userMs - truth.systemMs).toBeGreaterThan(-4);
  });
});

function expectWithin(measured: number, truth: number, share: number): void {
  expect(measured).toBeGreaterThan(truth * (1 - share));
  expect(measured).toBeLessThan(truth * (1 + share));
}
