/** Whether this kernel's stacks can be read from outside, and if not, why: the report names the reason. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { KNOWN_MINORS } from './cpython/layouts/known-versions.ts';
import type { Hello } from './hello.ts';

/** Set to `in-process` to have the fallback where the sampler outside would work: for tests, and for doubts. */
export const SAMPLER_VARIABLE = 'PYPERF_SAMPLER';

/**
 * @param pid the kernel's own process, see `findKernel`.
 * @returns undefined when they can.
 */
export function whyNotFromOutside(
  hello: Hello,
  pid: number | undefined,
  forced = process.env[SAMPLER_VARIABLE],
): string | undefined {
  const [major = 0, minor = 0] = hello.version;
  if (forced === 'in-process') return `${SAMPLER_VARIABLE}=in-process asks for it`;
  if (hello.implementation !== 'cpython')
    return `${hello.implementation} lays out its memory differently from CPython`;
  if (major !== 3 || !KNOWN_MINORS.includes(minor))
    return `the memory layout of CPython ${major}.${minor} is not known`;
  if (hello.freeThreaded) return 'a free-threaded build lays out its memory differently';
  if (hello.failures.length > 0) return hello.failures.join('; ');
  if (pid === undefined) return 'the kernel runs where its process cannot be seen from here';
  if (process.platform !== 'linux') return `${process.platform} has no /proc/<pid>/mem`;
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'));
    return undefined;
  } catch (error) {
    return `the system does not permit it (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/**
 * The kernel's own process: the one that we started, or one below it where that is a launcher (`conda run`).
 *
 * @returns undefined when the process id that the kernel tells is none of those: it counts its processes elsewhere.
 */
export function findKernel(toldPid: number, startedPid: number): number | undefined {
  let pid = toldPid;
  while (pid > 1 && pid !== startedPid) pid = parentOf(pid);
  return pid === startedPid ? toldPid : undefined;
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in parentheses and may hold any character; state and parent follow it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
