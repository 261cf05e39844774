/**
 * CPU time of one process's threads in nanoseconds.
 *
 * `/proc/<pid>/stat` counts in ticks of 10 ms, too coarse for a short cell. `schedstat` tells each thread's time on a
 * core (`sum_exec_runtime`, the same clock that `getrusage` adds up) exactly, but forgets threads that ended. So this
 * gives differences only, and `CpuEstimate` ties them to the ticks.
 */
import { readdirSync } from 'node:fs';
import { parseWord } from './parse.ts';
import { ProcFile, scratch } from './proc-file.ts';

interface ThreadClock {
  readonly file: ProcFile;
  ns: number;
}

export class ThreadTimes {
  private readonly threads = new Map<string, ThreadClock>();
  private listed = -1;

  /** @param taskDir `/proc/<pid>/task` */
  constructor(private readonly taskDir: string) {}

  /**
   * Time that the threads spent on a core since the last call; at the first call, since they began.
   * @param count the process's number of threads, from `stat`.
   * @returns milliseconds, or `undefined` where the system does not tell.
   */
  advance(count: number): number | undefined {
    if (count !== this.listed) this.list();
    let ms = 0;
    let vanished = false;
    for (const clock of this.threads.values()) {
      const length = clock.file.read();
      if (length <= 0) {
        vanished = true;
        continue;
      }
      const ns = parseWord(scratch, length, 0);
      ms += (ns - clock.ns) / 1e6;
      clock.ns = ns;
    }
    // A thread may have ended while another began; the list is made anew at the next call.
    this.listed = vanished ? -1 : count;
    return this.threads.size > 0 ? ms : undefined;
  }

  /** Keeps no handle until the next call. */
  release(): void {
    for (const clock of this.threads.values()) clock.file.close();
  }

  private list(): void {
    const names = listTasks(this.taskDir);
    const live = new Set(names);
    for (const [name, clock] of this.threads) {
      if (live.has(name)) continue;
      clock.file.close();
      this.threads.delete(name);
    }
    for (const name of names) {
      if (this.threads.has(name)) continue;
      this.threads.set(name, {
        file: new ProcFile(`${this.taskDir}/${name}/schedstat`),
        ns: 0,
      });
    }
  }
}

/** Thread ids of a process; none when it is gone. */
export function listTasks(taskDir: string): string[] {
  try {
    return readdirSync(taskDir);
  } catch {
    return [];
  }
}
