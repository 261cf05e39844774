/**
 * The guard outlives a hook that is killed with SIGKILL, and ends the kernel in its place.
 *
 * It is a shell in a session of its own that reads lines from us. When the pipe ends without `released`, we are dead:
 * it kills the kernel's process group and removes the private folder. What varies is data, never part of the script.
 * Works for any kernel, on Linux and macOS; `PR_SET_PDEATHSIG` would be Linux alone and need native code.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

const GUARD_SCRIPT = `
kernel= folder=
while read -r word value; do
  case "$word" in
    folder) folder=$value ;;
    kernel) kernel=$value ;;
    released) exit 0 ;;
  esac
done
[ -n "$kernel" ] && kill -s KILL -- "-$kernel" 2>/dev/null
[ -n "$folder" ] && rm -rf -- "$folder"
exit 0
`;

/**
 * The kernel names itself to the guard before it becomes the kernel, so there is no moment at which it runs and the
 * guard does not know it. `exec` keeps the pid; closing 3 keeps the pipe from staying open in the kernel.
 */
const INTRODUCE_SCRIPT = 'echo "kernel $$" >&3; exec "$@" 3>&-';

export interface Guard {
  /** To be given as file descriptor 3 to a process started with `introduced`. */
  readonly pipe: Socket;
  readonly pid: number;
  watchFolder(path: string): void;
  /** The folder is gone already. */
  forgetFolder(): void;
  /** Nothing is left to guard. */
  release(): void;
}

export function startGuard(): Guard {
  const guard: ChildProcess = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'pyperf-guard'], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const pipe = guard.stdin as Socket;
  // Somebody killed the guard: the kernel runs on, unguarded.
  pipe.on('error', () => undefined);
  guard.on('error', () => undefined);
  guard.unref();
  pipe.unref();
  const tell = (line: string): void => {
    if (pipe.writable) pipe.write(`${line}\n`);
  };
  return {
    pipe,
    pid: guard.pid ?? 0,
    watchFolder: path => tell(`folder ${path}`),
    forgetFolder: () => tell('folder'),
    release: () => tell('released'),
  };
}

/** `argv` as a command that names its pid to the guard first. */
export const introduced = (argv: readonly string[]): [string, string[]] => [
  '/bin/sh',
  ['-c', INTRODUCE_SCRIPT, 'pyperf-kernel', ...argv],
];
