/** One server with both kernels, for checks that compare what bare and wrapped do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  KERNELS,
  createEnvironment,
  type EnvironmentOptions,
  type JupyterEnvironment,
  type KernelName,
} from './environment.ts';
import { KernelClient } from './kernel-client.ts';
import { waitForNoProcess } from './processes.ts';
import { JupyterServer } from './server.ts';

const STOP_MS = 30_000;

export interface RunningKernel {
  readonly name: KernelName;
  readonly id: string;
  readonly client: KernelClient;
  readonly server: JupyterServer;
  /** A further tab. */
  readonly connect: () => Promise<KernelClient>;
}

export interface Pair {
  readonly server: JupyterServer;
  readonly jupyter: JupyterEnvironment;
  /** Starts a fresh kernel, gives it to the check and shuts it down. */
  readonly withKernel: <Result>(
    name: KernelName,
    check: (kernel: RunningKernel) => Promise<Result>,
  ) => Promise<Result>;
  /**
   * A test that runs `check` on a bare and on a wrapped kernel and expects equal results. What the result has to be
   * comes from `expected`, so that both being broken in the same way is seen.
   */
  readonly same: <Result>(
    title: string,
    check: (kernel: RunningKernel) => Promise<Result>,
    expected?: (result: Result) => void,
  ) => void;
}

export interface PairOptions extends EnvironmentOptions {
  /** Checks that leave a kernel fit for the next one share it: a start takes a second. */
  readonly keepKernels?: boolean;
}

/** Call at the top of a `describe`. */
export function usePair({ keepKernels = false, ...options }: PairOptions = {}): Pair {
  let jupyter: JupyterEnvironment;
  let server: JupyterServer;
  const clients: KernelClient[] = [];
  const kept = new Map<KernelName, RunningKernel>();
  beforeAll(async () => {
    jupyter = createEnvironment(options);
    server = await JupyterServer.start(jupyter);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await server?.stop();
    await waitForNoProcess(jupyter.mark, STOP_MS);
    jupyter.remove();
  });
  const start = async (name: KernelName): Promise<RunningKernel> => {
    const { id } = await server.startKernel(name);
    const connect = async (): Promise<KernelClient> => {
      const client = await KernelClient.open(server, id);
      clients.push(client);
      await client.ready();
      return client;
    };
    return { name, id, server, connect, client: await connect() };
  };
  const dropKept = async (): Promise<void> => {
    const dropped = [...kept.values()];
    kept.clear();
    for (const { client, id } of dropped) {
      client.close();
      await server.shutdownKernel(id).catch(() => undefined); // It may be what failed.
    }
  };
  const withKernel: Pair['withKernel'] = async (name, check) => {
    const kernel = kept.get(name) ?? (await start(name));
    if (keepKernels) {
      kept.set(name, kernel);
      return check(kernel);
    }
    try {
      return await check(kernel);
    } finally {
      for (const client of clients.splice(0)) client.close();
      await server.shutdownKernel(kernel.id).catch(() => undefined); // A check may have ended it already.
    }
  };
  return {
    get server() {
      return server;
    },
    get jupyter() {
      return jupyter;
    },
    withKernel,
    same: (title, check, expected) => {
      it(title, async () => {
        const results = [];
        try {
          for (const name of KERNELS) results.push(await withKernel(name, check));
          const [bare, wrapped] = results;
          if (bare !== undefined) expected?.(bare);
          expect(wrapped).toEqual(bare);
        } catch (error) {
          // One of the two may have run more than the other, which would fail whatever comes after.
          await dropKept();
          throw error;
        }
      });
    },
  };
}
