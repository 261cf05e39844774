/** A Jupyter server in the environment of the wheel. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '../../kernel/wire/free-ports.ts';
import type { Venv } from './venv.ts';

const TOKEN = 'test';
const START_LIMIT_MS = 60_000;

export class Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(venv: Venv): Promise<Server> {
    const [port] = await freePorts(1, '127.0.0.1');
    const options = [`--port=${port}`, '--no-browser', '--allow-root', '--ip=127.0.0.1'];
    const child = venv.start('jupyter-server', [...options, `--IdentityProvider.token=${TOKEN}`]);
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
    const server = new Server(child, `http://127.0.0.1:${port}/api`);
    const end = Date.now() + START_LIMIT_MS;
    while (Date.now() < end && child.exitCode === null) {
      if (await server.#get('status').catch(() => undefined)) return server;
      await delay(100);
    }
    child.kill();
    throw new Error(`the server did not start:\n${log}`);
  }

  async startKernel(name: string): Promise<{ id: string; name: string }> {
    return (await this.#get('kernels', { name })) as { id: string; name: string };
  }

  /** Command lines of processes that were started with the kernel's connection file. */
  commandsNaming(kernelId: string, pids: readonly string[]): string[] {
    return pids.map(commandOf).filter(line => line.includes(`kernel-${kernelId}`));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  async #get(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/${path}`, {
      headers: { Authorization: `token ${TOKEN}` },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it is gone by now
  }
}
