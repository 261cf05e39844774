/** One kernel behind the hook, from its start to its end. */
import { rmSync } from 'node:fs';
import type { JsonObject, JupyterMessage } from '../../../kernel/wire/message.ts';
import { CliError, EXIT } from '../errors.ts';
import { KernelConnection, type Exchange } from './connection.ts';
import { describeExit, HookProcess, type HookCommand, type KernelExit } from './hook-process.ts';
import { headlessSpec } from './headless-spec.ts';
import { createConnection } from './ports.ts';
import { within } from './within.ts';

/** nbclient's `startup_timeout`. */
const START_LIMIT_MS = 60_000;
/** A request is repeated: what is published before our subscription arrives is lost. */
const ASK_AGAIN_MS = 1_000;
/** jupyter_client's `shutdown_wait_time`. */
const SHUTDOWN_LIMIT_MS = 5_000;
const TERMINATE_LIMIT_MS = 3_000;

export interface SessionOptions extends Omit<HookCommand, 'connectionFile'> {
  readonly kernelName: string;
  readonly interruptMode: 'signal' | 'message';
  readonly runtimeDir: string;
  readonly onPublished: (message: JupyterMessage) => void;
}

export class KernelSession {
  private constructor(
    private readonly options: SessionOptions,
    private readonly connectionFile: string,
    private readonly process: HookProcess,
    readonly connection: KernelConnection,
    /** The content of `kernel_info_reply`. */
    readonly info: JsonObject,
  ) {}

  /** @throws CliError when the kernel does not come up; nothing is left running. */
  static async start(options: SessionOptions): Promise<KernelSession> {
    const { file, connection: addresses } = await createConnection(options.runtimeDir);
    let published = false;
    const connection = new KernelConnection(addresses, message => {
      published = true;
      options.onPublished(message);
    });
    const spec = headlessSpec(options.specDir, options.runtimeDir);
    const hook = new HookProcess({ ...options, specDir: spec.dir, connectionFile: file });
    try {
      const info = await ready(options.kernelName, hook, connection, () => published);
      return new KernelSession(options, file, hook, connection, info);
    } catch (error) {
      connection.close();
      hook.signal('SIGKILL');
      rmSync(file, { force: true });
      throw error;
    } finally {
      spec.remove();
    }
  }

  get exited(): Promise<KernelExit> {
    return this.process.exited;
  }
  get output(): string {
    return this.process.output;
  }

  interrupt(): void {
    if (this.options.interruptMode === 'message')
      this.connection.request('control', 'interrupt_request', {});
    else this.process.signal('SIGINT');
  }

  kill(): void {
    this.process.signal('SIGKILL');
  }

  /** Asks the kernel to end, so that its `atexit` work is done, and insists when it does not. */
  async shutdown(): Promise<void> {
    this.connection.request('control', 'shutdown_request', { restart: false });
    await within(SHUTDOWN_LIMIT_MS, this.process.exited);
    this.connection.close();
    await this.process.end(TERMINATE_LIMIT_MS);
    rmSync(this.connectionFile, { force: true });
  }
}

async function ready(
  kernelName: string,
  hook: HookProcess,
  connection: KernelConnection,
  published: () => boolean,
): Promise<JsonObject> {
  const deadline = performance.now() + START_LIMIT_MS;
  const exchanges: Exchange[] = [];
  try {
    while (performance.now() < deadline) {
      const exchange = connection.request('shell', 'kernel_info_request', {});
      exchanges.push(exchange);
      const answer = await within(
        ASK_AGAIN_MS,
        Promise.race([
          Promise.all([Promise.race(exchanges.map(({ reply }) => reply)), exchange.idle]),
          hook.exited,
        ]),
      );
      if (hook.exit) throw startFailure(kernelName, `ended with ${describeExit(hook.exit)}`, hook);
      if (Array.isArray(answer) && published()) return answer[0].content;
    }
  } finally {
    for (const exchange of exchanges) connection.forget(exchange);
  }
  throw startFailure(kernelName, `did not answer within ${START_LIMIT_MS / 1000} s`, hook);
}

function startFailure(kernelName: string, what: string, hook: HookProcess): CliError {
  const said = hook.output === '' ? '' : `; it wrote:\n${hook.output}`;
  return new CliError(`the kernel "${kernelName}" ${what}${said}`, EXIT.failed);
}
