/** Sums over a process tree that never lose what ended processes used. */
import type { Member } from './member.ts';

export interface Totals {
  /** Exact within the bounds of `CpuEstimate`. */
  cpuMs: number;
  /** In ticks: for the split of `cpuMs` only. */
  userTicks: number;
  systemTicks: number;
  readBytes: number;
  writeBytes: number;
  storageReadBytes: number;
  storageWriteBytes: number;
}

export const emptyTotals = (): Totals => ({
  cpuMs: 0,
  userTicks: 0,
  systemTicks: 0,
  readBytes: 0,
  writeBytes: 0,
  storageReadBytes: 0,
  storageWriteBytes: 0,
});

const FIELDS = Object.keys(emptyTotals()) as readonly (keyof Totals)[];
export const IO_FIELDS = [
  'readBytes',
  'writeBytes',
  'storageReadBytes',
  'storageWriteBytes',
] as const;

export function clear(totals: Totals): void {
  for (const field of FIELDS) totals[field] = 0;
}

export function add(totals: Totals, more: Readonly<Totals>): void {
  for (const field of FIELDS) totals[field] += more[field];
}

/** `later - earlier`; no field is negative. */
export function difference(later: Readonly<Totals>, earlier: Readonly<Totals>): Totals {
  const result = emptyTotals();
  for (const field of FIELDS) result[field] = Math.max(0, later[field] - earlier[field]);
  return result;
}

/** A live process with all that it took over from children it waited for. */
export function addMember(totals: Totals, member: Member): void {
  const { stat, io } = member;
  totals.cpuMs += member.own.ms + member.inherited.ms;
  totals.userTicks += stat.userTicks + stat.childUserTicks;
  totals.systemTicks += stat.systemTicks + stat.childSystemTicks;
  for (const field of IO_FIELDS) totals[field] += io[field];
}

export function ofMember(member: Member): Totals {
  const totals = emptyTotals();
  addMember(totals, member);
  return totals;
}
