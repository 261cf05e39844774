/** The Python processes below a kernel, as they come and go. */
import { readlinkSync } from 'node:fs';
import { ProcessFiles } from '../../../sampling/procfs/process-files.ts';
import { processName } from '../../../sampling/procfs/process-name.ts';
import { findPython } from './find-python.ts';
import { PythonProcess, type SharedState } from './python-process.ts';

/** A process that is no Python may become one by `exec`: its program is looked at this often. */
const LOOK_AGAIN_MS = 100;
const MOST_CHILDREN = 64;

interface Known {
  readonly process: PythonProcess | undefined;
  readonly program: string;
  lookedMs: number;
}

export interface NamedProcess {
  readonly name: string;
  readonly process: PythonProcess;
}

export class ChildProcesses {
  private readonly known = new Map<number, Known>();
  /** Every Python child seen in the life of the cell, ended ones included. */
  readonly seen: NamedProcess[] = [];
  /** There were others, which are not sampled. */
  skippedOthers = false;
  overflowed = false;

  constructor(private readonly shared: SharedState) {}

  sample(nowMs: number, sinceMs: number, mostMs: number, pids: readonly number[]): number {
    let sampled = 0;
    for (const pid of pids) {
      const process = this.find(pid, nowMs, sinceMs);
      if (!process) continue;
      sampled += process.sample(nowMs, mostMs);
      // An ended program is looked for anew: the process may have become another by `exec`.
      if (process.ended) this.drop(pid);
    }
    if (this.known.size > pids.length) {
      const alive = new Set(pids);
      for (const pid of [...this.known.keys()]) if (!alive.has(pid)) this.drop(pid);
    }
    return sampled;
  }

  settle(nowMs: number, mostMs: number): void {
    for (const { process } of this.known.values()) process?.settle(nowMs, mostMs);
  }

  close(): void {
    for (const pid of [...this.known.keys()]) this.drop(pid);
  }

  private find(pid: number, nowMs: number, sinceMs: number): PythonProcess | undefined {
    const known = this.known.get(pid);
    if (known?.process) return known.process;
    if (known && nowMs - known.lookedMs < LOOK_AGAIN_MS) return undefined;
    const program = programOf(pid);
    if (known && program === known.program) {
      known.lookedMs = nowMs;
      return undefined;
    }
    const process = program === '' ? undefined : this.open(pid, sinceMs);
    this.known.set(pid, { process, program, lookedMs: nowMs });
    return process;
  }

  private open(pid: number, sinceMs: number): PythonProcess | undefined {
    if (this.seen.length >= MOST_CHILDREN) {
      this.overflowed = true;
      return undefined;
    }
    const files = new ProcessFiles('/proc', pid);
    try {
      if (files.readStat() !== 'ok') return undefined;
      const found = findPython(pid);
      if (!found) {
        this.skippedOthers = true;
        return undefined;
      }
      // The handle on `stat` still answers: the number did not go to another process while we looked.
      if (files.readStat() !== 'ok') {
        found.memory.close();
        return undefined;
      }
      const process = new PythonProcess(
        { ...found, mainThreadId: undefined, asyncio: undefined, sinceMs },
        this.shared,
      );
      const name = processName(files.readCommand(), files.readCommandName());
      this.seen.push({ name, process });
      return process;
    } finally {
      files.close();
    }
  }

  private drop(pid: number): void {
    this.known.get(pid)?.process?.close();
    this.known.delete(pid);
  }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}
