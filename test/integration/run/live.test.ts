/** What a listening front end is told while a cell runs, by the hook itself: the kernel is busy. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseProfile } from '../../../src/profile/index.ts';
import type { JupyterMessage } from '../../../kernel/wire/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { until } from '../../support/processes.ts';

let kernel: StartedKernel;
const COMM = 'live-test';

beforeAll(async () => {
  kernel = await startWrappedKernel();
});
afterAll(() => kernel.stop());

const tell = (type: string, content: Record<string, unknown>): Promise<void> =>
  kernel.client.sendFrames('shell', kernel.client.session.message(type, content).frames);

const said = (): Record<string, unknown>[] =>
  kernel.client.seen
    .filter(({ header, content }) => header.msg_type === 'comm_msg' && content['comm_id'] === COMM)
    .map((message: JupyterMessage) => message.content['data'] as Record<string, unknown>);

async function untilSaid(type: string, count = 1): Promise<Record<string, unknown>> {
  return until(`the hook to say "${type}"`, () => {
    const found = said().filter(data => data['type'] === type);
    return found.length >= count ? found[count - 1] : undefined;
  });
}

/** Asks what runs now. */
async function peek(): Promise<Record<string, unknown>> {
  const before = said().filter(data => data['type'] === 'live').length;
  await tell('comm_msg', { comm_id: COMM, data: { type: 'peek' } });
  return untilSaid('live', before + 1);
}

it('greets a listener, and tells each cell once it has run', async () => {
  await tell('comm_open', { comm_id: COMM, target_name: 'pyperf', data: {} });
  expect(await untilSaid('hello')).toMatchObject({ version: expect.any(String) as string });
  await kernel.client.execute('x = 1');
  const { profile } = await untilSaid('cell');
  expect(parseProfile(profile).cells[0]).toMatchObject({ source: 'x = 1', status: 'ok' });
});

it('names the line that holds the GIL while it runs', async () => {
  const code = ['%%pyperf', 'a = 1', 'sum(range(10**8 * 2))', 'b = 2'].join('\n');
  const running = kernel.client.execute(code, { timeoutMs: 60_000 });
  const cell = await until('a line of the running cell', async () => {
    const { profile } = await peek();
    const cells = profile ? parseProfile(profile).cells : [];
    return cells.find(({ lines }) => lines.length > 0);
  });
  expect(cell.status).toBe('running');
  expect(cell.lines[0]?.source).toEqual({ executionCount: 2, line: 3 });
  expect(cell.lines[0]?.share).toBeGreaterThan(0.9);
  await running;
});

it('says that nothing runs', async () => {
  expect((await peek())['profile']).toBeNull();
});
