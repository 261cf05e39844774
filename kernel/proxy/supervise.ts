/**
 * The hook's life follows the kernel's, and the kernel's follows Jupyter's.
 *
 * Signals go on to the kernel once; its end is passed on as our own, code or signal; when Jupyter is gone, both end.
 */
import { constants } from 'node:os';
import type { KernelExit, LaunchedKernel } from './launch.ts';
import type { KernelProxy } from './kernel-proxy.ts';
import { CountingLog, type Log } from './log.ts';

/** After SIGTERM, and after `shutdown_reply`: Jupyter itself kills a kernel after 5 s. */
const GRACE_MS = 5000;
const PARENT_POLL_MS = 1000;
/** What a dead kernel has sent arrives within this. */
const QUIET_MS = 60;
const DRAIN_MAX_MS = 2000;

export interface Supervised {
  readonly kernel: LaunchedKernel;
  readonly interruptMode: 'signal' | 'message';
  readonly log: Log;
}

export interface Supervisor {
  /** Set once the proxy exists; before, interrupts by message are not possible. */
  proxy: KernelProxy | undefined;
  /** Called last, before the hook ends. */
  beforeExit: (() => Promise<void> | void) | undefined;
  /** The kernel said that it ends: kill it when it does not. */
  readonly expectExit: () => void;
  /** Ends kernel and hook at once. */
  readonly abort: (reason: string) => never;
}

export function supervise({ kernel, interruptMode, log }: Supervised): Supervisor {
  let killer: NodeJS.Timeout | undefined;
  const supervisor: Supervisor = {
    proxy: undefined,
    beforeExit: undefined,
    expectExit: () => {
      killer ??= setTimeout(() => {
        log(`the kernel did not end within ${GRACE_MS / 1000} s and is killed`);
        kernel.signalGroup('SIGKILL');
      }, GRACE_MS);
    },
    abort: reason => {
      log(reason);
      kernel.signalGroup('SIGKILL');
      kernel.folder.remove();
      kernel.guard.release();
      process.exit(1);
    },
  };

  // The kernel and its messages matter more than whatever went wrong in us.
  const failed = new CountingLog(log, 'an error in the hook');
  process.on('uncaughtException', error => failed.add(error.stack ?? String(error)));
  process.on('unhandledRejection', error =>
    failed.add(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );

  process.on('SIGINT', () => {
    if (interruptMode === 'message' && supervisor.proxy)
      supervisor.proxy.request('control', 'interrupt_request', {}).catch(() => undefined);
    else kernel.signalGroup('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      kernel.signalGroup(signal);
      supervisor.expectExit();
    });

  const parent = process.ppid;
  // A parent that died before we looked has left us to init, which is then no parent that Jupyter meant.
  const orphanedAtStart = parent === 1 && ![undefined, '1'].includes(process.env['JPY_PARENT_PID']);
  const watchParent = (): void => {
    if (orphanedAtStart || process.ppid !== parent)
      supervisor.abort('Jupyter is gone: the kernel ends');
  };
  watchParent();
  const parentPoll = setInterval(watchParent, PARENT_POLL_MS);

  kernel.exited.then(
    async exit => {
      clearTimeout(killer);
      clearInterval(parentPoll);
      kernel.folder.remove();
      kernel.guard.release();
      await supervisor.proxy?.drain(QUIET_MS, DRAIN_MAX_MS);
      try {
        await supervisor.beforeExit?.();
      } catch (error) {
        log(`at the end: ${(error as Error).message}`);
      }
      supervisor.proxy?.close();
      endLike(exit);
    },
    (error: unknown) => supervisor.abort(`the kernel did not start: ${(error as Error).message}`),
  );
  return supervisor;
}

/** Ends this process the way the kernel ended, so that Jupyter sees what it would have seen without us. */
function endLike({ code, signal }: KernelExit): void {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // A signal that does not end a process by default: tell it as a shell does.
  setTimeout(() => process.exit(128 + constants.signals[signal]), 50);
}
