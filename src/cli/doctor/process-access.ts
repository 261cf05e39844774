/** What the system lets us see of a child process: tried on one, as the hook will do it with the kernel. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { systemReason } from '../errors.ts';
import type { Check } from './check.ts';

export async function checkProcessAccess(): Promise<Check[]> {
  if (process.platform !== 'linux')
    return [
      {
        what: 'Figures of a process',
        works: false,
        found: 'CPU, memory, I/O and lines are measured on Linux only; elsewhere only time is',
      },
    ];
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30_000); console.log("up")'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    return [memoryCheck(child), peakCheck(child), ioCheck(child)];
  } finally {
    child.kill('SIGKILL');
  }
}

function memoryCheck(child: ChildProcess): Check {
  const what = 'Reading process memory';
  const trouble = tried(() => {
    const maps = readFileSync(`/proc/${child.pid}/maps`, 'latin1');
    const start = /^([0-9a-f]+)-[0-9a-f]+ r/m.exec(maps)?.[1];
    const file = openSync(`/proc/${child.pid}/mem`, 'r');
    try {
      readSync(file, Buffer.alloc(16), 0, 16, BigInt(`0x${start ?? '0'}`));
    } finally {
      closeSync(file);
    }
  });
  if (trouble === undefined)
    return { what, works: true, found: 'allowed, so lines are measured from outside the kernel' };
  return {
    what,
    works: false,
    found: `${trouble}, so lines are measured from inside the kernel, which costs it some time`,
    remedy: memoryRemedy(),
  };
}

/** Yama: `Documentation/admin-guide/LSM/Yama.rst`; at 1 a parent may still read its child. */
function memoryRemedy(): string {
  let scope = 0;
  try {
    scope = Number(readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8'));
  } catch {
    // no Yama
  }
  return scope >= 2
    ? `kernel.yama.ptrace_scope is ${scope} here; an administrator can set it to 1`
    : 'In a container, start it with --cap-add=SYS_PTRACE';
}

function peakCheck(child: ChildProcess): Check {
  const what = 'Exact memory peaks';
  const trouble = tried(() => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'));
  return trouble === undefined
    ? { what, works: true, found: 'the system resets its high-water mark for each cell' }
    : {
        what,
        works: false,
        found: `the high-water mark cannot be reset (${trouble}), so a peak is the greatest sample, a lower bound`,
      };
}

function ioCheck(child: ChildProcess): Check {
  const what = 'Bytes read and written';
  const trouble = tried(() => readFileSync(`/proc/${child.pid}/io`));
  return trouble === undefined
    ? { what, works: true, found: 'counted by the system' }
    : { what, works: false, found: `/proc/PID/io cannot be read (${trouble}), so I/O is left out` };
}

function tried(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return systemReason(error);
  }
}
