/** What the hook adds to a cell's outputs, and when it must add nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatMs, formatShare } from '../../../src/render/format.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { displayedBy, profileCell, untilSampled } from './profiled-cell.ts';

let kernel: StartedKernel;

beforeAll(async () => {
  kernel = await startWrappedKernel();
  await untilSampled(kernel.client);
});
afterAll(() => kernel.stop());

it('adds nothing to a cell that ends with a pending clear: its outputs would go', async () => {
  const code = [
    '%%pyperf',
    'from IPython.display import clear_output',
    'print("kept")',
    'clear_output(wait=True)',
  ].join('\n');
  const { published, reply } = await kernel.client.execute(code);
  expect(reply.content['status']).toBe('ok');
  expect(displayedBy(published)).toBeUndefined();
  const shown = await kernel.client.execute(`${code}\nprint("instead")`);
  expect(displayedBy(shown.published)).toBeDefined();
});

it('keeps the output of a busy cell under 60 kB', async () => {
  const functions = Array.from({ length: 150 }, (_, i) => `def f${i}(n): return sum(range(n))`);
  const calls = Array.from({ length: 150 }, (_, i) => `f${i}(200_000)`);
  const { data, cell } = await profileCell(
    kernel.client,
    ['%%pyperf', ...functions, ...calls].join('\n'),
  );
  expect(cell.lines.length).toBeGreaterThan(20);
  expect(JSON.stringify(data).length).toBeLessThan(60_000);
});

it('keeps in the data what a cell was compared with, and tells it in each form', async () => {
  await profileCell(kernel.client, '%%pyperf --label base\nimport time\ntime.sleep(0.6)');
  const { cell, data } = await profileCell(
    kernel.client,
    '%%pyperf --compare base\nimport time\ntime.sleep(0.2)',
  );
  expect(cell.comparedWith).toMatchObject({ name: 'base', sameCode: false });
  expect(cell.comparedWith?.wallTimeMs).toBeGreaterThanOrEqual(600);
  expect(cell.comparedWith?.lines.map(line => line.text)).toContain('time.sleep(0.6)');
  const { wallTimeMs: beforeMs = NaN } = cell.comparedWith ?? {};
  const gain = formatShare(1 - cell.wallTimeMs / beforeMs).replace('.', '\\.');
  for (const type of ['text/plain', 'text/html'])
    expect(data[type]).toMatch(
      new RegExp(`Compared with base[\\s\\S]*${formatMs(beforeMs)}[\\s\\S]*${gain}`),
    );
  const { published } = await kernel.client.execute('%%pyperf --compare nothing\n1');
  expect(displayedBy(published)).toBeDefined();
  expect(published.map(message => String(message.content['text'])).join('')).toContain(
    'no earlier cell in this kernel has the label "nothing", and no kept run',
  );
});
