/** Watching processes and files from a test. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** Linux's `USER_HZ`. */
const TICK_MS = 10;

export const sleep = (durationMs: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, durationMs));

/** A zombie that its parent has not reaped yet counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return stateOf(pid) !== 'Z';
}

export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly command: string;
}

export function listProcesses(): ProcessInfo[] {
  const text = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,ppid=,pgid=,stat=,args='], {
    encoding: 'utf8',
  });
  return text.split('\n').flatMap(line => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s(.*)$/.exec(line);
    if (!match || match[4]?.startsWith('Z')) return [];
    return [
      {
        pid: Number(match[1]),
        ppid: Number(match[2]),
        pgid: Number(match[3]),
        command: match[5] ?? '',
      },
    ];
  });
}

export const childrenOf = (pid: number): ProcessInfo[] =>
  listProcesses().filter(process => process.ppid === pid);

/** Processes that name `word` in their command: tests give every kernel a path of its own. */
export const processesNaming = (word: string): ProcessInfo[] =>
  listProcesses().filter(
    ({ command, pid }) => command.includes(word) && pid !== process.pid && !/^ps /.test(command),
  );

/** Resident memory in bytes, and the proportional share of it where Linux tells. */
export function memoryOf(pid: number): { rssBytes: number; pssBytes: number } {
  const field = (text: string, name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) * 1024;
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { rssBytes: field(rollup, 'Rss'), pssBytes: field(rollup, 'Pss') };
}

/** CPU time of a process and all its threads, in the system's ticks of 10 ms. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/**
 * Polls until `probe` answers with something true. The limit is for what never comes: a busy machine is late by seconds.
 * @throws Error naming `what` after `timeoutMs`.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await sleep(10);
  }
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

function stateOf(pid: number): string | undefined {
  try {
    return /^\d+ \(.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
