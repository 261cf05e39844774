/** Starts the real kernel: in a session of its own as Jupyter would, guarded, on sockets that only we know. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePorts } from '../wire/free-ports.ts';
import { CHANNELS, writeConnectionFile, type Channel, type Connection } from '../wire/index.ts';
import { introduced, startGuard, type Guard } from './guard.ts';
import { chooseFolder, createFolder, type PrivateFolder } from './private-folder.ts';

export interface LaunchOptions {
  /** Jupyter's own: the kernel gets the same key, so that messages pass unchanged. */
  readonly front: Connection;
  readonly frontFile: string;
  readonly transport: 'ipc' | 'tcp';
  /** Makes the command once the place of the kernel's connection file is known. */
  readonly command: (connectionFile: string) => {
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

export interface KernelExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchedKernel {
  readonly pid: number;
  readonly connection: Connection;
  readonly folder: PrivateFolder;
  readonly guard: Guard;
  readonly exited: Promise<KernelExit>;
  /** To the kernel and what it started, as Jupyter signals a kernel. Never throws: it may be dead. */
  signalGroup(signal: NodeJS.Signals): void;
  /** All sockets are connected: the folder has served. */
  settled(): void;
}

/** @throws Error of the file system or of `spawn`. */
export async function launchKernel(options: LaunchOptions): Promise<LaunchedKernel> {
  const guard = startGuard();
  const path = chooseFolder(options.frontFile);
  guard.watchFolder(path);
  const folder = createFolder(path);
  const connection: Connection = {
    ...options.front,
    ...(options.transport === 'ipc'
      ? { transport: 'ipc', ip: join(path, 'k'), ...portsFrom([1, 2, 3, 4, 5]) }
      : {
          transport: 'tcp',
          ip: '127.0.0.1',
          ...portsFrom(await freePorts(CHANNELS.length, '127.0.0.1')),
        }),
  };
  const connectionFile = join(path, 'connection.json');
  writeConnectionFile(connectionFile, connection);
  const { argv, env } = options.command(connectionFile);
  const [command, args] = introduced(argv);
  const child = spawn(command, args, {
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', guard.pipe],
    env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) },
  });
  const exited = exitOf(child);
  const pid = child.pid;
  if (pid === undefined) {
    await exited; // rejects with the reason
    throw new Error('the kernel did not start');
  }
  return {
    pid,
    connection,
    folder,
    guard,
    exited,
    signalGroup: signal => {
      try {
        process.kill(-pid, signal);
      } catch {
        // It is dead; `exited` tells.
      }
    },
    settled: () => {
      folder.remove();
      guard.forgetFolder();
    },
  };
}

const exitOf = (child: ChildProcess): Promise<KernelExit> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

/** @param ports one for each of `CHANNELS`, in its order. */
const portsFrom = (ports: readonly number[]): Record<`${Channel}_port`, number> =>
  Object.fromEntries(CHANNELS.map((channel, index) => [`${channel}_port`, ports[index]])) as Record<
    `${Channel}_port`,
    number
  >;
