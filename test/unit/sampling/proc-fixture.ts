/** A `/proc` of plain files, for what real processes do too rarely to wait for: reused numbers, odd page sizes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FakeProcess {
  readonly pid: number;
  readonly parentPid?: number;
  readonly name?: string;
  readonly state?: string;
  readonly session?: number;
  readonly userTicks?: number;
  readonly systemTicks?: number;
  readonly childTicks?: number;
  readonly startTicks?: number;
  readonly rssPages?: number;
  readonly readBytes?: number;
  /** Nanoseconds on a core, of the main thread. */
  readonly ranNs?: number;
  readonly children?: readonly number[];
  readonly ignoredSignals?: string;
}

export class FakeProc {
  readonly root = mkdtempSync(join(tmpdir(), 'pyperf-proc-'));

  constructor() {
    mkdirSync(join(this.root, 'self'));
    // AT_PAGESZ and AT_CLKTCK of an arm64 machine.
    const vector = new BigUint64Array([6n, 16_384n, 17n, 100n, 0n, 0n]);
    writeFileSync(join(this.root, 'self/auxv'), Buffer.from(vector.buffer));
  }

  lastPid(pid: number): void {
    writeFileSync(join(this.root, 'loadavg'), `0.10 0.20 0.30 1/100 ${pid}\n`);
  }

  write(process: FakeProcess): void {
    const { pid } = process;
    const task = join(this.root, String(pid), 'task', String(pid));
    mkdirSync(task, { recursive: true });
    const file = (name: string, text: string): void =>
      writeFileSync(join(this.root, String(pid), name), text);
    file('stat', statLine(process));
    file(
      'io',
      `rchar: ${process.readBytes ?? 0}\nwchar: 0\nsyscr: 1\nsyscw: 1\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n`,
    );
    file(
      'status',
      `Name:\tx\nVmHWM:\t    ${(process.rssPages ?? 0) * 4} kB\nSigIgn:\t${process.ignoredSignals ?? '0000000000000000'}\n`,
    );
    file('cmdline', `${process.name ?? 'python'}\0`);
    writeFileSync(join(task, 'schedstat'), `${process.ranNs ?? 0} 0 1\n`);
    writeFileSync(join(task, 'children'), (process.children ?? []).join(' '));
  }

  end(pid: number): void {
    // A kept handle still reads a removed plain file, so its content goes too: real ones give ESRCH.
    writeFileSync(join(this.root, String(pid), 'stat'), '');
    rmSync(join(this.root, String(pid)), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

export function statLine(process: FakeProcess): string {
  const fields: (number | string)[] = Array.from({ length: 52 }, () => 0);
  const set = (field: number, value: number | string): void => void (fields[field - 1] = value);
  set(1, process.pid);
  set(2, `(${process.name ?? 'python'})`);
  set(3, process.state ?? 'S');
  set(4, process.parentPid ?? 1);
  set(6, process.session ?? 1);
  set(14, process.userTicks ?? 0);
  set(15, process.systemTicks ?? 0);
  set(16, process.childTicks ?? 0);
  set(20, 1);
  set(22, process.startTicks ?? 1000);
  set(24, process.rssPages ?? 0);
  set(25, '18446744073709551615');
  set(38, 17);
  return `${fields.join(' ')}\n`;
}
