/** Processes as Linux shows them in /proc: who is whose child, and what is still alive. */
import { readFileSync, readdirSync } from 'node:fs';
import { MARK_VARIABLE } from './environment.ts';
import { until } from './until.ts';

export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly command: string;
}

/** Zombies are left out: nothing of them runs, and only their parent can take them away. */
export function listProcesses(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => readProcess(Number(name)))
    .filter(info => info !== undefined);
}

export function isAlive(pid: number): boolean {
  return readProcess(pid) !== undefined;
}

export function markedProcesses(mark: string): ProcessInfo[] {
  return listProcesses().filter(({ pid }) =>
    readProc(pid, 'environ')?.includes(`${MARK_VARIABLE}=${mark}`),
  );
}

/** What the real kernels are started as. */
const REAL_KERNEL = /ipykernel_launcher|tslab kernel/;

/** The kernel's processes, outermost first: `[ipykernel]` when bare, `[hook, ipykernel]` when wrapped. */
export function kernelProcesses(kernelId: string): readonly ProcessInfo[] {
  const all = listProcesses();
  const outer = all.find(info => info.command.includes(`kernel-${kernelId}.json`));
  if (!outer) return [];
  const inner = all.filter(info => info.parentPid === outer.pid && REAL_KERNEL.test(info.command));
  return [outer, ...inner];
}

/** The process that runs the user's code. */
export function realKernelPid(kernelId: string): number {
  const last = kernelProcesses(kernelId).at(-1);
  if (!last) throw new Error(`no process runs kernel ${kernelId}`);
  return last.pid;
}

export async function waitForDeath(pid: number, withinMs: number): Promise<void> {
  await until(() => !isAlive(pid), withinMs, `process ${pid} still lives`);
}

export async function waitForNoProcess(mark: string, withinMs: number): Promise<void> {
  await until(
    () => markedProcesses(mark).length === 0,
    withinMs,
    () =>
      `still alive: ${markedProcesses(mark)
        .map(info => `${info.pid} ${info.command}`)
        .join('; ')}`,
  );
}

function readProcess(pid: number): ProcessInfo | undefined {
  const stat = readProc(pid, 'stat');
  if (!stat) return undefined;
  // The second field is a name in brackets that may itself hold spaces and brackets.
  const [state, parentPid, groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  const command = (readProc(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim();
  return { pid, parentPid: Number(parentPid), groupId: Number(groupId), command };
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // It ended between the listing and now.
  }
}
