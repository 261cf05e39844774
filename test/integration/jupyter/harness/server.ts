/** A real JupyterLab server on a random port of the loopback, and its REST interface. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { freePorts } from '../../../../kernel/wire/free-ports.ts';
import { PYTHON, type JupyterEnvironment } from './environment.ts';
import { until } from './until.ts';

const START_MS = 60_000;
const STOP_MS = 20_000;

export interface KernelModel {
  readonly id: string;
  readonly name: string;
  readonly execution_state: string;
  readonly connections: number;
}

export class JupyterServer {
  readonly url: string;
  readonly token: string;
  readonly #process: ChildProcess;
  #log = '';

  private constructor(process: ChildProcess, url: string, token: string) {
    this.#process = process;
    this.url = url;
    this.token = token;
    for (const stream of [process.stdout, process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
  }

  static async start(jupyter: JupyterEnvironment, app: 'lab' | 'notebook' = 'lab') {
    const token = randomUUID();
    const [port] = await freePorts(1, '127.0.0.1');
    const options = [
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      '--ServerApp.port_retries=0',
      `--ServerApp.root_dir=${jupyter.notebooks}`,
      `--IdentityProvider.token=${token}`,
      // The server looks for dead kernels this often (s): 3 by default.
      '--AsyncIOLoopKernelRestarter.time_to_dead=0.5',
      '--LabApp.extension_manager=readonly',
      // The browser tests wait for kernels and commands through it.
      '--LabApp.expose_app_in_browser=True',
      '--JupyterNotebookApp.expose_app_in_browser=True',
    ];
    const child = spawn(PYTHON, ['-m', 'jupyter', app, ...options], {
      env: jupyter.env,
      cwd: jupyter.notebooks,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new JupyterServer(child, `http://127.0.0.1:${port}`, token);
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the server ended:\n${server.log}`);
        return server.rest('GET', '/api/status').then(
          () => true,
          () => false,
        );
      },
      START_MS,
      () => `the server does not answer:\n${server.log}`,
    );
    return server;
  }

  get pid(): number {
    return this.#process.pid as number;
  }
  /** What the server and its kernels printed. */
  get log(): string {
    return this.#log;
  }

  /** @returns the parsed body, or undefined when there is none. @throws when the status is not 2xx */
  async rest(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: `token ${this.token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? (JSON.parse(text) as unknown) : undefined;
  }

  async startKernel(name: string): Promise<KernelModel> {
    return (await this.rest('POST', '/api/kernels', { name })) as KernelModel;
  }
  async kernel(id: string): Promise<KernelModel> {
    return (await this.rest('GET', `/api/kernels/${id}`)) as KernelModel;
  }
  async interruptKernel(id: string): Promise<void> {
    await this.rest('POST', `/api/kernels/${id}/interrupt`);
  }
  async restartKernel(id: string): Promise<void> {
    await this.rest('POST', `/api/kernels/${id}/restart`);
  }
  async shutdownKernel(id: string): Promise<void> {
    await this.rest('DELETE', `/api/kernels/${id}`);
  }

  /** Ends as on the user's Ctrl+C twice; SIGKILL when the caller says so or it will not go. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const gone = new Promise<void>(resolve => {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) resolve();
      else this.#process.once('exit', () => resolve());
    });
    this.#process.kill(signal);
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }
}
