/** The files of one process. Figures land in its fields, which every read overwrites. */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  emptyIo,
  emptyStat,
  parseIo,
  parseNamedNumber,
  parseStat,
  parseWord,
  type IoFields,
  type StatFields,
} from './parse.ts';
import { DENIED, GONE, ProcFile, scratch } from './proc-file.ts';

const PEAK = Buffer.from('VmHWM:');
const IGNORED_SIGNALS = /^SigIgn:\s*([0-9a-f]+)$/m;
const CHILD_ENDED = 1n << 16n;

export type ReadOutcome = 'ok' | 'gone' | 'denied';

export class ProcessFiles {
  readonly stat: StatFields = emptyStat();
  readonly io: IoFields = emptyIo();
  private readonly dir: string;
  private readonly statFile: ProcFile;
  private readonly ioFile: ProcFile;
  private readonly statusFile: ProcFile;

  constructor(procRoot: string, pid: number) {
    this.dir = `${procRoot}/${pid}`;
    this.statFile = new ProcFile(`${this.dir}/stat`);
    this.ioFile = new ProcFile(`${this.dir}/io`);
    this.statusFile = new ProcFile(`${this.dir}/status`);
  }

  get taskDir(): string {
    return `${this.dir}/task`;
  }

  readStat(): ReadOutcome {
    return outcome(this.statFile.read(), length => parseStat(scratch, length, this.stat));
  }

  readIo(): ReadOutcome {
    return outcome(this.ioFile.read(), length => parseIo(scratch, length, this.io));
  }

  /** @returns the exact high-water mark in bytes; -1 when the process has no memory any more or cannot be read. */
  readPeakRssBytes(): number {
    const length = this.statusFile.read();
    if (length <= 0) return -1;
    const kilobytes = parseNamedNumber(scratch, length, PEAK);
    return kilobytes < 0 ? -1 : kilobytes * 1024;
  }

  /** Sets the high-water mark back to the present size: `clear_refs`, proc(5). */
  resetPeak(): boolean {
    try {
      writeFileSync(`${this.dir}/clear_refs`, '5');
      return true;
    } catch {
      return false;
    }
  }

  /** Time the main thread was ready but had no core, in milliseconds; -1 where the system does not tell. */
  readRunQueueMs(): number {
    const file = new ProcFile(`${this.dir}/schedstat`);
    const length = file.read();
    const waitedNs = length > 0 ? parseWord(scratch, length, 1) : -1;
    file.close();
    return waitedNs < 0 ? -1 : waitedNs / 1e6;
  }

  /** A parent that ignores SIGCHLD never gets its children's figures: they are lost with them. */
  ignoresChildren(): boolean {
    try {
      const mask = IGNORED_SIGNALS.exec(readFileSync(`${this.dir}/status`, 'latin1'))?.[1];
      return mask !== undefined && (BigInt(`0x${mask}`) & CHILD_ENDED) !== 0n;
    } catch {
      return false;
    }
  }

  /** The command line's words; empty for a zombie, and where it cannot be read. */
  readCommand(): readonly string[] {
    return readText(`${this.dir}/cmdline`).split('\0').filter(Boolean);
  }

  readCommandName(): string {
    return readText(`${this.dir}/comm`).trim();
  }

  /** They are opened again when read again. */
  close(): void {
    this.statFile.close();
    this.ioFile.close();
    this.statusFile.close();
  }
}

function outcome(length: number, parse: (length: number) => boolean): ReadOutcome {
  if (length === GONE) return 'gone';
  if (length === DENIED) return 'denied';
  return parse(length) ? 'ok' : 'gone';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
