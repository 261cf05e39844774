/** Whoever dies, in whatever order, nothing stays behind: no process, and no file that the bare kernel does not leave. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KERNELS, createEnvironment, type JupyterEnvironment } from './harness/environment.ts';
import { KernelClient } from './harness/kernel-client.ts';
import { kernelProcesses, realKernelPid, waitForNoProcess } from './harness/processes.ts';
import { JupyterServer } from './harness/server.ts';

const GONE_MS = 40_000;

type Killer = (server: JupyterServer, kernelId: string) => Promise<void>;

const DEATHS: Readonly<Record<string, Killer>> = {
  'the server is told to stop': server => server.stop('SIGTERM'),
  'the server is killed': server => server.stop('SIGKILL'),
  'the launched process is killed, then the server': async (server, id) => {
    kill(kernelProcesses(id)[0]?.pid);
    await server.stop('SIGKILL');
  },
  'the real kernel is killed, then the server': async (server, id) => {
    kill(realKernelPid(id));
    await server.stop('SIGKILL');
  },
  'the server is killed, then the launched process': async (server, id) => {
    const pid = kernelProcesses(id)[0]?.pid;
    await server.stop('SIGKILL');
    kill(pid);
  },
  'the server is killed, then the real kernel': async (server, id) => {
    const pid = realKernelPid(id);
    await server.stop('SIGKILL');
    kill(pid);
  },
  'the kernel is shut down and the server stopped': async (server, id) => {
    await server.shutdownKernel(id);
    await server.stop('SIGTERM');
  },
  'the kernel is shut down while it computes': async (server, id) => {
    const client = await KernelClient.open(server, id);
    await client.ready();
    client.startExecute('print("go", flush=True)\nwhile True: pass');
    await client.waitForText('go');
    await server.shutdownKernel(id);
    client.close();
    await server.stop('SIGTERM');
  },
  'the cell ends its own process': async (server, id) => {
    const client = await KernelClient.open(server, id);
    await client.ready();
    client.startExecute('import os\nos._exit(3)');
    await client.waitFor('a restart', ({ content }) => content['execution_state'] === 'restarting');
    client.close();
    await server.stop('SIGTERM');
  },
};

describe('no process and no file stays behind when', () => {
  let environments: JupyterEnvironment[] = [];
  beforeEach(() => {
    environments = [];
  });
  afterEach(() => {
    for (const jupyter of environments) jupyter.remove();
  });

  for (const [title, die] of Object.entries(DEATHS))
    it(title, async () => {
      const [bare, wrapped] = await Promise.all(
        KERNELS.map(async name => {
          const jupyter = createEnvironment();
          environments.push(jupyter);
          const server = await JupyterServer.start(jupyter);
          const { id } = await server.startKernel(name);
          const client = await KernelClient.open(server, id);
          await client.ready();
          await client.execute('x = 1');
          client.close();
          await die(server, id);
          await waitForNoProcess(jupyter.mark, GONE_MS);
          return jupyter.leftFiles().map(withoutNumbers).sort();
        }),
      );
      expect(wrapped).toEqual(bare);
    });
});

function kill(pid: number | undefined): void {
  if (pid === undefined) throw new Error('no process to kill');
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have gone by itself after its parent.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `jpserver-123.json` and `kernel-<uuid>.json` are called differently in each run. */
const withoutNumbers = (path: string): string =>
  path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID').replace(/\d+/g, 'N');
