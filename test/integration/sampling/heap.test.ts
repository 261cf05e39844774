/** What the sampling worker keeps while a cell runs for long. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SamplingClient } from '../../../kernel/sampling/index.ts';
import { bundleWorker } from './harness.ts';

it('sampling at 1 kHz is no growing heap', async () => {
  const worker = await bundleWorker('test/integration/sampling/programs/test-worker.ts');
  const client = new SamplingClient({ workerUrl: worker.url });
  const kernel = spawn('sleep', ['60']);
  try {
    const pid = kernel.pid as number;
    const stacks = { sampler: 'heap', pid, details: null };
    client.start({ cell: 'a', pid, stacks, rateHz: 1000 });
    await sleep(20_000);
    const ended = await client.end('a');
    const leastBySecond = (ended.stacks?.notes ?? []).map(Number);
    expect(ended.stacks?.samples).toBeGreaterThan(8000);
    const early = Math.min(...leastBySecond.slice(2, 8));
    const late = Math.min(...leastBySecond.slice(-6));
    expect(late - early).toBeLessThan(512 * 1024);
  } finally {
    kernel.kill('SIGKILL');
    await client.close();
    worker.remove();
  }
});
