/** Starts the hook around a kernel as a Jupyter launcher would, and ends it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface KernelExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface HookCommand {
  readonly hookFile: string;
  readonly connectionFile: string;
  readonly specDir: string;
  readonly python: string | undefined;
  /** Where the kernel runs: the notebook's folder. */
  readonly cwd: string;
}

const OUTPUT_KEPT = 16_384;

/** What is written in a wrapped kernelspec, and what we start ourselves. */
export function hookArgv(command: Omit<HookCommand, 'cwd'>): string[] {
  return [
    process.execPath,
    command.hookFile,
    '--connection-file',
    command.connectionFile,
    '--kernelspec',
    command.specDir,
    ...(command.python === undefined ? [] : ['--python', command.python]),
  ];
}

export class HookProcess {
  readonly exited: Promise<KernelExit>;
  readonly #child: ChildProcess;
  #output = '';
  #exit: KernelExit | undefined;

  constructor(command: HookCommand) {
    const [program, ...args] = hookArgv(command);
    this.#child = spawn(program as string, args, {
      cwd: command.cwd,
      // A group of its own: the terminal's Ctrl-C comes to us alone, and we signal the group as Jupyter does.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-OUTPUT_KEPT);
      });
    this.exited = new Promise(resolve => {
      this.#child.once('error', error => {
        this.#output += `${error.message}\n`;
        resolve((this.#exit = { code: 127, signal: null }));
      });
      this.#child.once('exit', (code, signal) => resolve((this.#exit = { code, signal })));
    });
  }

  get exit(): KernelExit | undefined {
    return this.#exit;
  }

  /** The last that hook and kernel wrote to their standard streams: the reason, when they die early. */
  get output(): string {
    return this.#output.trim();
  }

  /** As jupyter_client's provisioner does it: to the whole group, which the kernel shares with the hook. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#exit) return;
    try {
      process.kill(-pid, signal);
    } catch {
      this.#child.kill(signal); // the group is gone, or not ours
    }
  }

  /** Waits for the end, then insists. */
  async end(graceMs: number): Promise<KernelExit> {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await this.#exitsWithin(graceMs)) break;
      this.signal(signal);
    }
    return this.exited;
  }

  async #exitsWithin(limitMs: number): Promise<boolean> {
    if (this.#exit) return true;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limitMs);
    try {
      await once(this.#child, 'exit', { signal: stop.signal });
      return true;
    } catch {
      return this.#exit !== undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

export const describeExit = (exit: KernelExit): string =>
  exit.signal === null ? `exit code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
