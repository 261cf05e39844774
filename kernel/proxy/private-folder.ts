/**
 * Where the hook and its kernel meet: a folder for the kernel's connection file and Unix sockets.
 *
 * It exists only while the kernel starts. Connections over Unix sockets outlive their names, so once all are made the
 * folder goes, and nothing is left on disk whoever is killed later.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `sockaddr_un.sun_path`, less its final zero: 108 on Linux, 104 on macOS. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;
const PREFIX = 'pyperf-';
/** The longest name we put in the folder. */
const LONGEST_NAME = 'k-5';

export interface PrivateFolder {
  readonly path: string;
  /** May be called again. Never throws: it runs while the hook goes down. */
  remove(): void;
}

/** A name that no other hook has; nothing is created. */
export function chooseFolder(connectionFile: string, env = process.env): string {
  const name = `${PREFIX}${process.pid}-${randomBytes(3).toString('hex')}`;
  const runtimeDir = env['JUPYTER_RUNTIME_DIR'] ?? dirname(connectionFile);
  const path = join(runtimeDir, name);
  return Buffer.byteLength(join(path, LONGEST_NAME)) <= MAX_SOCKET_PATH_BYTES
    ? path
    : join('/tmp', name);
}

/** Only its owner can look into the folder. @throws Error of the file system. */
export function createFolder(path: string): PrivateFolder {
  // Jupyter makes its runtime folder when it needs it; a connection file may lie elsewhere (nbclient's do).
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  mkdirSync(path, { mode: 0o700 });
  return {
    path,
    remove: () => {
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // The sweep of a later hook takes it.
      }
    },
  };
}

/** Removes what hooks left that died together with their guard, for example with the machine. */
export function sweepStaleFolders(base: string): void {
  let names: string[];
  try {
    names = readdirSync(base);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-[0-9a-f]{6}$`).exec(name)?.[1];
    if (pid === undefined || exists(Number(pid))) continue;
    try {
      rmSync(join(base, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
