/** The Python processes below a kernel, as they come and go. */
import { readlinkSync } from 'node:fs';
import { ProcessFiles } from '../../../sampling/procfs/process-files.ts';
import { processName } from '../../../sampling/procfs/process-name.ts';
import { findPython } from './find-python.ts';
import { PythonProcess, type SharedState } from './python-process.ts';

/**
 * A process that is no Python may become one: by `exec`, or because it has only just begun and its libraries are not
 * loaded yet. It is looked at anew at growing intervals.
 */
const LOOK_AGAIN_MS = 20;
const MOST_LOOKS = 12;
const MOST_CHILDREN = 64;

/**
 * A child made by `vfork` shares its parent's memory until its `exec`: looked at too soon it seems to be its parent, and a
 * handle opened then stays on the parent's memory. So new processes are left alone at first, and the address of their
 * code, which changes with the program, is compared from time to time.
 */
const SETTLED_AFTER_MS = 10;
const CHECK_EVERY_MS = 25;

interface Known {
  readonly python: OpenPython | undefined;
  readonly program: string;
  readonly looks: number;
  readonly firstMs: number;
  againMs: number;
}

interface OpenPython {
  readonly process: PythonProcess;
  readonly files: ProcessFiles;
  readonly startCode: number;
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

  sample(nowMs: number, mostMs: number, pids: readonly number[]): void {
    for (const pid of pids) {
      const python = this.find(pid, nowMs);
      if (!python) continue;
      python.process.sample(nowMs, mostMs);
      // An ended program is looked for anew: the process may have become another by `exec`.
      if (python.process.ended) this.drop(pid);
    }
    if (this.known.size > pids.length) {
      const alive = new Set(pids);
      for (const pid of [...this.known.keys()]) if (!alive.has(pid)) this.drop(pid);
    }
  }

  settle(nowMs: number, mostMs: number): void {
    for (const { python } of this.known.values()) python?.process.settle(nowMs, mostMs);
  }

  close(): void {
    for (const pid of [...this.known.keys()]) this.drop(pid);
  }

  private find(pid: number, nowMs: number): OpenPython | undefined {
    const known = this.known.get(pid);
    if (!known) {
      const againMs = nowMs + SETTLED_AFTER_MS;
      this.known.set(pid, { python: undefined, program: '', looks: 0, firstMs: nowMs, againMs });
      return undefined;
    }
    if (nowMs < known.againMs) return known.python;
    if (known.python) {
      known.againMs = nowMs + CHECK_EVERY_MS;
      const { files, startCode } = known.python;
      if (files.readStat() === 'ok' && files.stat.startCode === startCode) return known.python;
      this.drop(pid);
      return undefined;
    }
    return this.look(pid, known, nowMs);
  }

  private look(pid: number, known: Known, nowMs: number): OpenPython | undefined {
    const program = programOf(pid);
    const looks = known.program === program ? known.looks + 1 : 1;
    const isTried = program !== '' && looks <= MOST_LOOKS;
    const python = isTried ? this.open(pid, known.firstMs) : undefined;
    if (!python && looks === MOST_LOOKS) this.skippedOthers = true;
    const againMs = nowMs + LOOK_AGAIN_MS * Math.min(looks, MOST_LOOKS);
    this.known.set(pid, { ...known, python, program, looks, againMs });
    return python;
  }

  private open(pid: number, sinceMs: number): OpenPython | undefined {
    if (this.seen.length >= MOST_CHILDREN) {
      this.overflowed = true;
      return undefined;
    }
    const files = new ProcessFiles('/proc', pid);
    const isAlive = files.readStat() === 'ok';
    const { startCode } = files.stat;
    const found = isAlive ? findPython(pid) : undefined;
    // The handle on `stat` still answers: neither the number nor the program went to another while we looked.
    if (!found || files.readStat() !== 'ok' || files.stat.startCode !== startCode) {
      found?.memory.close();
      files.close();
      return undefined;
    }
    const process = new PythonProcess(
      { ...found, mainThreadId: undefined, asyncio: undefined, sinceMs },
      this.shared,
    );
    this.seen.push({ name: processName(files.readCommand(), files.readCommandName()), process });
    return { process, files, startCode };
  }

  private drop(pid: number): void {
    const python = this.known.get(pid)?.python;
    python?.process.close();
    python?.files.close();
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
