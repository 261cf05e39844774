/** What pages of the JupyterLab extension and the hook say to each other, around a real ipykernel. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseProfile, PROFILE_MIME_TYPE } from '../../../src/profile/index.ts';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { cellOf, Page } from './page.ts';
import { displayedBy } from './profiled-cell.ts';

let kernel: StartedKernel;
let page: Page;

beforeAll(async () => {
  kernel = await startWrappedKernel();
});
afterAll(() => kernel.stop());
beforeEach(async () => {
  page = new Page(kernel.client);
  await page.open({ detail: 'compact' });
});

/** Runs a cell of the notebook. */
const run = (cellId: string, code: string) => kernel.client.execute(code, { metadata: { cellId } });
const LOOP = 'sum(i * i for i in range(3_000_000))';

it('marks the kernel info, and says hello in the session of the kernel', async () => {
  const { content, header } = await kernel.client.request('shell', 'kernel_info_request', {});
  expect(content).toMatchObject({ pyperf: { version: expect.any(String) as string } });
  const hello = kernel.client.seen.findLast(
    message => message.content['comm_id'] === 'jupyterlab-pyperf',
  );
  expect(hello?.header.session).toBe(header.session);
});

describe('a wish', () => {
  const cells = [
    { id: 'a', index: 4, label: 'first' },
    { id: 'b', index: 5 },
  ];

  it('profiles and shows the listed cells, and no others', async () => {
    await page.tell({ type: 'wish', scope: 'listed', show: true, cells });
    const listed = await run('a', LOOP);
    expect(displayedBy(listed.published)).toBeDefined();
    const said = await page.said('cell', 'a');
    expect(said).toMatchObject({ shown: true });
    expect(cellOf(said)).toMatchObject({ index: 4, label: 'first', cellId: 'a' });
    expect(cellOf(said).sampling.method).toBe('out-of-process');
    const other = await run('c', LOOP);
    expect(displayedBy(other.published)).toBeUndefined();
    const told = await page.said('cell', 'c');
    expect(told).toMatchObject({ shown: false });
    expect(cellOf(told).sampling.method).toBe('none');
  });

  it('profiles all without showing', async () => {
    await page.tell({ type: 'wish', scope: 'all', show: false, cells: [] });
    const { published } = await run('c', LOOP);
    expect(displayedBy(published)).toBeUndefined();
    expect(cellOf(await page.said('cell', 'c')).sampling.method).toBe('out-of-process');
  });

  it('may say how often the stack is sampled', async () => {
    await page.tell({ type: 'wish', scope: 'all', show: false, cells: [], rateHz: 20 });
    await run('c', 'import time; time.sleep(0.6)');
    const { intervalMs, samples } = cellOf(await page.said('cell', 'c')).sampling;
    // As it was measured, on a machine that does other things too.
    expect(intervalMs).toBeGreaterThan(35);
    expect(intervalMs).toBeLessThan(150);
    expect(samples).toBeLessThan(20);
  });

  it('ends with the next one, and with the page that comes next', async () => {
    await page.tell({ type: 'wish', scope: 'all', show: true, cells: [] });
    await page.tell({ type: 'wish', scope: 'magic', show: false, cells: [] });
    expect(displayedBy((await run('a', LOOP)).published)).toBeUndefined();
    await page.tell({ type: 'wish', scope: 'all', show: true, cells: [] });
    await new Page(kernel.client).open();
    expect(displayedBy((await run('a', LOOP)).published)).toBeUndefined();
  });

  it('holds for what is queued when its page goes', async () => {
    await page.tell({ type: 'wish', scope: 'all', show: true, cells: [] });
    const [first, second] = [run('a', `import time; time.sleep(0.5)\n${LOOP}`), run('b', LOOP)];
    await page.close();
    expect(displayedBy((await first).published)).toBeDefined();
    expect(displayedBy((await second).published)).toBeDefined();
    expect(displayedBy((await run('b', LOOP)).published)).toBeUndefined();
  });

  it('is left out as far as it is nonsense', async () => {
    await page.tell({
      type: 'wish',
      scope: 'everything',
      show: 'yes',
      cells: [null, 3, { id: 4 }],
    });
    await page.tell({ type: 'no such thing' });
    await page.tell({ type: 'recorded', cells: [1, null, {}] });
    await page.tell({ type: 'output', cellId: { a: 1 } });
    await page.tell({ type: 'forget' });
    const { published, reply } = await run('a', LOOP);
    expect(reply.content['status']).toBe('ok');
    expect(displayedBy(published)).toBeUndefined();
  });
});

describe('a page that was away', () => {
  it('is told what was recorded, and gets the figures and the output', async () => {
    await page.close();
    await run('d', LOOP);
    const before = await run('d', `%%pyperf\n${LOOP}`);
    const again = new Page(kernel.client);
    await again.open({ detail: 'compact' });
    const runs = (await again.ask({ type: 'recorded' }))['runs'] as Record<string, unknown>[];
    const told = runs.find(({ cellId }) => cellId === 'd');
    expect(told).toMatchObject({ shown: true });
    expect(told?.['earlier']).toHaveLength(1);
    const figures = await again.ask({ type: 'recorded', cells: ['d'] }, 'figures');
    expect(cellOf(figures)).toMatchObject({ cellId: 'd', startedAt: told?.['startedAt'] });
    expect(cellOf(figures).sampling.method).toBe('out-of-process');
    const { data, startedAt } = await again.ask({ type: 'output', cellId: 'd' });
    expect(startedAt).toBe(told?.['startedAt']);
    expect(data).toEqual(displayedBy(before.published));
    expect(parseProfile((data as Record<string, unknown>)[PROFILE_MIME_TYPE]).cells).toHaveLength(
      1,
    );
  });

  it('is not told again of what the user threw away', async () => {
    await run('e', `%%pyperf\n${LOOP}`);
    const { startedAt } = cellOf(await page.said('cell', 'e'));
    await page.tell({ type: 'forget', cellId: 'e', startedAt });
    const { runs } = await page.ask({ type: 'recorded' });
    expect((runs as Record<string, unknown>[]).map(({ cellId }) => cellId)).not.toContain('e');
    await run('e', LOOP);
    await page.said('cell', 'e');
    const later = (await page.ask({ type: 'recorded' }))['runs'] as Record<string, unknown>[];
    expect(later.find(({ cellId }) => cellId === 'e')).toMatchObject({ shown: false });
  });
});

it('says nothing of idle while a cell runs, and leaves no trace in the kernel', async () => {
  const running = run(
    'f',
    'import os, time\nprint("go", flush=True)\nwhile not os.path.exists("end"): time.sleep(0.02)',
  );
  await kernel.client.published(({ header }) => header.msg_type === 'stream');
  const from = kernel.client.seen.length;
  await new Promise(resolve => setTimeout(resolve, 300));
  const live = await page.ask({ type: 'peek' }, 'live');
  expect(cellOf(live)).toMatchObject({ cellId: 'f', status: 'running' });
  await new Page(kernel.client).open();
  const states = kernel.client.seen
    .slice(from)
    .filter(({ header }) => header.msg_type === 'status')
    .map(({ content }) => content['execution_state']);
  expect(states).toEqual([]);
  writeFileSync(join(kernel.folder, 'end'), '');
  const { msgId } = await running;
  expect(
    kernel.client.seen.findLast(({ header }) => header.msg_type === 'status')?.parent.msg_id,
  ).toBe(msgId);
  const inside = await kernel.client.execute(
    'print(list(get_ipython().kernel.comm_manager.comms), threading.active_count() if "threading" in dir() else "")',
  );
  expect(inside.stdout.trim()).toBe('[]');
});

it('does not pile up pages that never said goodbye', async () => {
  const pages = Array.from({ length: 20 }, (_, i) => new Page(kernel.client, `stray-${i}`));
  for (const stray of pages) await stray.open();
  await run('g', '1');
  const [givenUp, kept] = [pages.slice(0, 4), pages.slice(4)];
  await Promise.all(kept.map(stray => stray.said('cell', 'g')));
  expect(givenUp.flatMap(stray => stray.untaken)).toEqual([]);
  await page.said('cell', 'g');
});
