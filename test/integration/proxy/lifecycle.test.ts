/** Whoever dies, in whatever order: nothing is left running, nothing is left on disk. */
import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  IPYKERNEL,
  startBareKernel,
  startWrappedKernel,
  type StartedKernel,
  type StartOptions,
} from '../../support/kernels.ts';
import { childrenOf, isAlive, processesNaming, sleep, until } from '../../support/processes.ts';

let kernel: StartedKernel | undefined;
afterEach(async () => {
  await kernel?.stop();
  kernel = undefined;
});

async function wrapped(options?: StartOptions): Promise<StartedKernel> {
  return (kernel = await startWrappedKernel(options));
}

const realKernelOf = (hook: StartedKernel): number => {
  const found = childrenOf(hook.pid).find(child => child.command.includes('ipykernel'));
  if (!found) throw new Error('the hook has no kernel');
  return found.pid;
};
const guardOf = (hook: StartedKernel): number =>
  childrenOf(hook.pid).find(child => child.command.includes('pyperf-guard'))?.pid ?? 0;

/** Every kernel of these tests names its folder in its command; so does what it leaves behind. */
async function expectNothingLeft(hook: StartedKernel, guard?: number): Promise<void> {
  await until('the processes to end', () => processesNaming(hook.folder).length === 0);
  if (guard) await until('the guard to end', () => !isAlive(guard));
  const left = (): string[] =>
    readdirSync(hook.runtimeDir).filter(name => name !== 'kernel-1.json');
  await until('the private folder to go', () => left().length === 0).catch(() => undefined);
  expect(left()).toEqual([]);
}

describe('an end that is passed on', () => {
  test.each([0, 3])('exit code %i', async code => {
    const hook = await wrapped();
    const guard = guardOf(hook);
    void hook.client.execute(`import os; os._exit(${code})`).catch(() => undefined);
    expect(await hook.exited).toEqual({ code, signal: null });
    await expectNothingLeft(hook, guard);
  });

  test.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'] as const)('the signal %s', async signal => {
    const hook = await wrapped();
    const guard = guardOf(hook);
    process.kill(realKernelOf(hook), signal);
    expect(await hook.exited).toEqual({ code: null, signal });
    await expectNothingLeft(hook, guard);
  });

  test("the kernel's last words arrive before it is gone", async () => {
    const hook = await wrapped();
    const last = hook.client.published(message => message.content['text'] === 'last words\n');
    void hook.client
      .execute(
        'import os, sys, time\nprint("last words", flush=True)\ntime.sleep(.02)\nos.kill(os.getpid(), 9)',
      )
      .catch(() => undefined);
    await last;
    expect((await hook.exited).signal).toBe('SIGKILL');
  });

  test('a shutdown request', async () => {
    const hook = await wrapped();
    const guard = guardOf(hook);
    const reply = await hook.client.request('control', 'shutdown_request', { restart: false });
    expect(reply.content).toMatchObject({ status: 'ok', restart: false });
    expect(await hook.exited).toEqual({ code: 0, signal: null });
    await expectNothingLeft(hook, guard);
  });

  test('a kernel that cannot start', async () => {
    const hook = await wrapped({
      wait: false,
      spec: { ...IPYKERNEL, argv: ['python', '-c', 'raise SystemExit(7)', '{connection_file}'] },
    });
    expect((await hook.exited).code).toBe(7);
    await expectNothingLeft(hook);
  });

  test('a command that does not exist', async () => {
    const hook = await wrapped({
      wait: false,
      spec: { ...IPYKERNEL, argv: ['no-such-kernel', '{connection_file}'] },
    });
    expect((await hook.exited).code).toBe(127);
    expect(hook.stderr).toContain('no-such-kernel');
    await expectNothingLeft(hook);
  });
});

describe('signals to the hook', () => {
  test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends both', async signal => {
    const hook = await wrapped();
    const guard = guardOf(hook);
    process.kill(hook.pid, signal);
    expect((await hook.exited).signal).toBe(signal);
    await expectNothingLeft(hook, guard);
  });

  test('a kernel that ignores SIGTERM is killed after the grace time', async () => {
    const hook = await wrapped();
    await hook.client.execute('import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)');
    const before = performance.now();
    process.kill(hook.pid, 'SIGTERM');
    expect((await hook.exited).signal).toBe('SIGKILL');
    expect(performance.now() - before).toBeGreaterThan(4500);
    await expectNothingLeft(hook);
  });

  test('a kernel that stays after its shutdown reply is killed', async () => {
    const hook = await wrapped();
    await hook.client.execute(
      'import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()',
    );
    await hook.client.request('control', 'shutdown_request', { restart: false });
    expect((await hook.exited).signal).toBe('SIGKILL');
    await expectNothingLeft(hook);
  });

  test.each([
    ['alone', (hook: StartedKernel) => hook.pid],
    ['with its group, as shutdown_kernel(now=True) does', (hook: StartedKernel) => -hook.pid],
  ])('SIGKILL to the hook %s', async (_, target) => {
    const hook = await wrapped();
    const real = realKernelOf(hook);
    const guard = guardOf(hook);
    const started = await hook.client.execute(
      'import subprocess\nprint(subprocess.Popen(["sleep", "300"]).pid)',
    );
    process.kill(target(hook), 'SIGKILL');
    await until('the kernel to die', () => !isAlive(real));
    await until('what the kernel started to die', () => !isAlive(Number(started.stdout)));
    await expectNothingLeft(hook, guard);
  });

  test('SIGKILL at any moment of the start leaves nothing', async () => {
    for (let afterMs = 0; afterMs <= 1200; afterMs = afterMs < 240 ? afterMs + 20 : afterMs + 160) {
      const hook = await wrapped({ wait: false });
      await sleep(afterMs);
      process.kill(-hook.pid, 'SIGKILL');
      await hook.exited;
      await expectNothingLeft(hook);
      await hook.stop();
    }
  });
});

describe('the parent dies', () => {
  async function orphan(afterMs: number, wait: boolean): Promise<void> {
    const shell = await wrapped({ wait, underShell: true });
    await sleep(afterMs);
    process.kill(shell.pid, 'SIGKILL');
    await expectNothingLeft(shell);
    await shell.stop();
  }
  test('once the kernel runs', () => orphan(0, true));
  test.each([0, 30, 60, 120, 200, 500])('%i ms after its start', afterMs => orphan(afterMs, false));
});

test('all three killed in every order', async () => {
  const orders = ['hkg', 'hgk', 'khg', 'kgh', 'ghk', 'gkh'];
  for (const order of orders) {
    const hook = await wrapped();
    const pids = { h: hook.pid, k: realKernelOf(hook), g: guardOf(hook) };
    for (const who of order) {
      try {
        process.kill(pids[who as keyof typeof pids], 'SIGKILL');
      } catch {
        // Died with the one before.
      }
    }
    await expectNothingLeft(hook, pids.g);
    await hook.stop();
  }
});

test("one of Jupyter's ports is taken: the hook says so and leaves no kernel", async () => {
  const first = await startBareKernel();
  try {
    const hook = await wrapped({ wait: false, connection: first.connection });
    expect((await hook.exited).code).toBe(1);
    expect(hook.stderr).toContain('EADDRINUSE');
    await expectNothingLeft(hook);
  } finally {
    await first.stop();
  }
});
