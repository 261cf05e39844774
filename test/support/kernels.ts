/** Starts kernels for tests, bare or behind the hook, the way Jupyter does: own session, connection file, ports. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../kernel/wire/free-ports.ts';
import { CHANNELS, writeConnectionFile, type Connection } from '../../kernel/wire/index.ts';
import { JupyterClient, newKey } from './jupyter-client.ts';
import { isAlive, until } from './processes.ts';
import { ROOT } from './root.ts';

export { ROOT };
export const PYTHON = join(ROOT, '.venv/bin/python');
export const HOOK = join(ROOT, 'dist/kernel/hook.cjs');

/** What a kernelspec's `kernel.json` says. */
export interface SpecFile {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode?: 'signal' | 'message';
  readonly env?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export const IPYKERNEL: SpecFile = {
  argv: ['python', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
  display_name: 'Python 3',
  language: 'python',
  metadata: { debugger: true },
};

export interface StartOptions {
  readonly spec?: SpecFile;
  readonly env?: Readonly<Record<string, string>>;
  readonly python?: string;
  /** Waits until the kernel answers; default true. */
  readonly wait?: boolean;
  readonly cwd?: string;
  /** Absent: free ports. */
  readonly connection?: Connection;
  /** Starts it under a shell that waits for it; the started process is then the shell. */
  readonly underShell?: boolean;
  /** A command that starts it, such as `taskset -c 0`. */
  readonly startedBy?: readonly string[];
}

let built = process.env['HOOK_IS_BUILT'] !== undefined;
/** Builds the bundles, unless this process or the one that started it has. */
export function buildHook(): string {
  if (!built) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet']);
  built = true;
  return HOOK;
}

export class StartedKernel {
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stderr = '';
  stdout = '';
  #client: JupyterClient | undefined;

  constructor(
    readonly process: ChildProcess,
    readonly connection: Connection,
    readonly connectionFile: string,
    /** Holds everything of this kernel: runtime folder, IPython's folder. */
    readonly folder: string,
  ) {
    process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.exited = new Promise(done =>
      process.once('exit', (code, signal) => done({ code, signal })),
    );
  }

  /** Of the process that Jupyter would know: the hook when wrapped. */
  get pid(): number {
    return this.process.pid as number;
  }
  get runtimeDir(): string {
    return join(this.folder, 'runtime');
  }
  get client(): JupyterClient {
    return (this.#client ??= new JupyterClient(this.connection));
  }

  /** Kills the kernel as Jupyter's `shutdown_kernel(now=True)` does, and removes its folder. */
  async stop(): Promise<void> {
    this.#client?.close();
    if (isAlive(this.pid)) {
      try {
        process.kill(-this.pid, 'SIGKILL');
      } catch {
        // gone meanwhile
      }
      await until(`kernel ${this.pid} to die`, () => !isAlive(this.pid));
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/** The kernel itself, as Jupyter would start it without PyPerf. */
export const startBareKernel = (options: StartOptions = {}): Promise<StartedKernel> =>
  start(options, (spec, file) =>
    substitute(spec.argv, options.python ?? PYTHON, { connection_file: file }),
  );

/** The same kernel behind the built hook. */
export function startWrappedKernel(options: StartOptions = {}): Promise<StartedKernel> {
  const hook = process.env['PYPERF_TEST_HOOK'] ?? buildHook();
  return start(options, (spec, file, folder) => {
    const dir = join(folder, 'spec');
    mkdirSync(dir);
    writeFileSync(join(dir, 'kernel.json'), JSON.stringify(spec));
    return [
      process.execPath,
      hook,
      '--connection-file',
      file,
      '--python',
      options.python ?? PYTHON,
      '--kernelspec',
      dir,
    ];
  });
}

async function start(
  options: StartOptions,
  argvOf: (spec: SpecFile, connectionFile: string, folder: string) => readonly string[],
): Promise<StartedKernel> {
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-test-'));
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const connection = options.connection ?? (await newConnection());
  const file = join(runtime, 'kernel-1.json');
  writeConnectionFile(file, connection);
  const argv = [...(options.startedBy ?? []), ...argvOf(options.spec ?? IPYKERNEL, file, folder)];
  // A command after it, so that the shell does not become the kernel.
  const [command, ...args] = options.underShell ? ['sh', '-c', '"$@"; :', 'sh', ...argv] : argv;
  const child = spawn(command as string, args, {
    detached: true,
    cwd: options.cwd ?? folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      JUPYTER_RUNTIME_DIR: runtime,
      IPYTHONDIR: join(folder, 'ipython'),
      JPY_PARENT_PID: String(process.pid),
      ...options.env,
    },
  });
  const kernel = new StartedKernel(child, connection, file, folder);
  if (options.wait ?? true) {
    try {
      await Promise.race([
        kernel.client.ready(),
        kernel.exited.then(({ code, signal }) => {
          throw new Error(`the kernel ended with ${signal ?? code} at its start: ${kernel.stderr}`);
        }),
      ]);
    } catch (error) {
      await kernel.stop();
      throw error;
    }
  }
  return kernel;
}

/** A connection over free loopback ports, with a fresh key. */
export async function newConnection(): Promise<Connection> {
  const ports = await freePorts(CHANNELS.length, '127.0.0.1');
  const [shell, control, stdin, iopub, hb] = ports as [number, number, number, number, number];
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: newKey(),
    signature_scheme: 'hmac-sha256',
    shell_port: shell,
    control_port: control,
    stdin_port: stdin,
    iopub_port: iopub,
    hb_port: hb,
  };
}

function substitute(
  argv: readonly string[],
  python: string,
  markers: Readonly<Record<string, string>>,
): string[] {
  const filled = argv.map(argument =>
    argument.replace(/\{(\w+)\}/g, (whole, name: string) => markers[name] ?? whole),
  );
  return /^python3?$/.test(filled[0] ?? '') ? [python, ...filled.slice(1)] : filled;
}
