/** What a thread that sits in a system call waits for, by the call's number: data, one table an architecture. */
import { ARM64 } from './arm64.ts';
import { X64 } from './x64.ts';

/**
 * `descriptor`: depends on what the first argument, a file descriptor, is. `file`: the same, but always storage.
 * `poll`: a `pollfd` array and its length. `readiness`: many descriptors. `process`: another process's end.
 */
export type WaitKind =
  | 'sleep'
  | 'futex'
  | 'lock'
  | 'poll'
  | 'readiness'
  | 'process'
  | 'descriptor'
  | 'file'
  | 'storage'
  | 'network';

export type SyscallTable = Readonly<Record<WaitKind, readonly number[]>>;

const TABLES: Readonly<Record<string, SyscallTable>> = {
  x86_64: X64,
  amd64: X64,
  x64: X64,
  aarch64: ARM64,
  arm64: ARM64,
};

/** @param machine as `platform.machine()` or `process.arch` names it; an unknown one gives an empty table. */
export function waitKinds(machine: string): ReadonlyMap<number, WaitKind> {
  const table = TABLES[machine.toLowerCase()];
  const kinds = new Map<number, WaitKind>();
  if (!table) return kinds;
  for (const kind of Object.keys(table) as WaitKind[]) {
    for (const number of table[kind]) kinds.set(number, kind);
  }
  return kinds;
}
