import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { filesUnder } from '../../support/processes.ts';

let kernel: StartedKernel;
beforeAll(async () => {
  kernel = await startWrappedKernel();
});
afterAll(() => kernel?.stop());

test('a cell runs as in a bare kernel', async () => {
  const cell = await kernel.client.execute('x = input("name? ")\nprint("got", x)\n6 * 7', {
    onInput: prompt => `${prompt}bob`,
  });
  expect(cell.stdout).toBe('got name? bob\n');
  expect(cell.reply.content).toMatchObject({ status: 'ok', execution_count: 1 });
  expect(cell.types).toEqual(['status', 'execute_input', 'stream', 'execute_result', 'status']);
});

test('nothing is left on disk but what a bare kernel leaves', () => {
  expect(filesUnder(kernel.runtimeDir)).toEqual(['kernel-1.json']);
});
