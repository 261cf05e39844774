/** Every live process below another. */
import { listProcesses } from '../../support/processes.ts';

export function descendantsOf(pid: number): number[] {
  const all = listProcesses();
  const below = new Set([pid]);
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const process of all) if (below.has(process.ppid)) below.add(process.pid);
  }
  below.delete(pid);
  return [...below];
}
