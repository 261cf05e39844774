/** A wrapped tslab under a JupyterLab server and under nbclient: what the tests of ipykernel show of the hook holds here. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseProfile, PROFILE_MIME_TYPE } from '../../../src/profile/index.ts';
import { createEnvironment, type JupyterEnvironment } from '../jupyter/harness/environment.ts';
import { KernelClient, printed, types } from '../jupyter/harness/kernel-client.ts';
import type { Executed } from '../jupyter/harness/notebook.ts';
import {
  kernelProcesses,
  realKernelPid,
  waitForDeath,
  waitForNoProcess,
} from '../jupyter/harness/processes.ts';
import { runProgram } from '../jupyter/harness/python.ts';
import { JupyterServer } from '../jupyter/harness/server.ts';
import { sleep, until } from '../../support/processes.ts';

const KERNEL = 'wrapped-typescript';
const DEATH_MS = 30_000;
const REVIVAL_MS = 60_000;

let jupyter: JupyterEnvironment;
let server: JupyterServer;
let id: string;
let client: KernelClient;

beforeAll(async () => {
  jupyter = createEnvironment();
  server = await JupyterServer.start(jupyter);
});
afterAll(async () => {
  await server?.stop();
  await waitForNoProcess(jupyter.mark, DEATH_MS);
  expect(jupyter.leftFiles().filter(file => file.includes('pyperf'))).toEqual([]);
  jupyter.remove();
});
beforeEach(async () => {
  ({ id } = await server.startKernel(KERNEL));
  client = await KernelClient.open(server, id);
  await client.ready();
});
afterEach(async () => {
  client.close();
  await server.shutdownKernel(id).catch(() => undefined); // A test may have ended it.
});

test('runs a cell, in the order of messages that Jupyter wants', async () => {
  const done = await client.execute('console.log("out");\n6 * 7');
  expect(types(done)).toEqual(['status', 'execute_input', 'stream', 'stream', 'status']);
  expect(printed(done)).toBe('out\n42\n');
  expect(done.reply.content).toMatchObject({ status: 'ok', execution_count: 1 });
});

test.each([
  ['a pause', 'await new Promise(done => setTimeout(done, 60_000));'],
  // Without an `await` before it: tslab alone cannot interrupt one that comes behind an `await` either.
  ['a busy loop', 'while (true);'],
])('interrupts %s, profiled or not', async (_what, code) => {
  for (const magic of ['', '%%pyperf\n']) {
    // A loop keeps the kernel from saying that it has begun.
    const begun = join(jupyter.notebooks, 'begun');
    const msgId = client.startExecute(`${magic}require('fs').writeFileSync('begun', '');\n${code}`);
    await until('the cell to begin', () => existsSync(begun));
    rmSync(begun);
    await sleep(500);
    await server.interruptKernel(id);
    const interrupted = await client.finished(msgId);
    expect(interrupted.reply.content).toMatchObject({ status: 'error' });
    const after = await client.execute('"alive"');
    expect(printed(after)).toBe('alive\n');
  }
});

test('restarts through REST', async () => {
  await client.execute('const x = 1;');
  await server.restartKernel(id);
  await client.ready();
  const again = await client.execute('%%pyperf\ntypeof (globalThis as any).x');
  expect(printed(again)).toBe('undefined\n');
  expect(again.reply.content['execution_count']).toBe(1);
});

test.each([
  ['real kernel', () => realKernelPid(id)],
  ['hook', () => kernelProcesses(id)[0]?.pid as number],
])('is started again by the server when the %s is killed', async (_what, pidOf) => {
  const real = realKernelPid(id);
  process.kill(pidOf(), 'SIGKILL');
  await client.waitFor(
    'the server to say that it restarts',
    message => message.content['execution_state'] === 'restarting',
    REVIVAL_MS,
  );
  await waitForDeath(real, DEATH_MS);
  await client.ready(REVIVAL_MS);
  expect(printed(await client.execute('1 + 1'))).toBe('2\n');
});

test('goes when it is shut down, with a live timer of the user', async () => {
  await client.execute('setInterval(() => undefined, 1000); 1');
  const processes = kernelProcesses(id);
  expect(processes).toHaveLength(2);
  await server.shutdownKernel(id);
  for (const { pid } of processes) await waitForDeath(pid, DEATH_MS);
});

test('runs a notebook under nbclient, and stops it at an error', { retry: 1 }, async () => {
  const { notebook, stopped } = await runProgram<Executed>(
    jupyter,
    'run_notebook.py',
    {
      engine: 'nbclient',
      kernel: KERNEL,
      cells: [
        'interface Point { x: number }\nconst points: Point[] = [{ x: 1 }, { x: 2 }];',
        '%%pyperf\nconst end = Date.now() + 200;\nwhile (Date.now() < end);\nconsole.log(points.length);',
        'throw new RangeError("enough");',
        '"never"',
      ],
      allowErrors: false,
    },
    60_000,
  );
  expect(stopped).toBe('RangeError');
  const [, profiled, failed, never] = notebook.cells;
  const outputs = (profiled?.outputs ?? []) as readonly {
    readonly data?: Record<string, unknown>;
  }[];
  const profile = outputs.map(({ data }) => data?.[PROFILE_MIME_TYPE]).find(Boolean);
  const [cell] = parseProfile(profile).cells;
  expect(cell?.lines[0]?.source).toEqual({ executionCount: 2, line: 3 });
  expect(failed?.outputs).toMatchObject([{ output_type: 'error', ename: 'RangeError' }]);
  expect(never?.outputs).toEqual([]);
});
