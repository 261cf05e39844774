/** Every live process below another. */
import { readdirSync, readFileSync } from 'node:fs';

/** From the kernel's own lists: a `ps` every few milliseconds would take a busy machine from what is measured. */
export function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendantsOf)];
}

/** A process that has just ended has none. */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks).flatMap(tid =>
      readFileSync(`${tasks}/${tid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
