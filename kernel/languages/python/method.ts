/** Whether this kernel's stacks can be read from outside, and if not, why: the report names the reason. */
import { closeSync, openSync } from 'node:fs';
import type { Hello } from './hello.ts';

/** Set to `in-process` to have the fallback where the sampler outside would work: for tests, and for doubts. */
export const SAMPLER_VARIABLE = 'PYPERF_SAMPLER';

/** @returns undefined when they can. */
export function whyNotFromOutside(
  hello: Hello,
  pid: number,
  forced = process.env[SAMPLER_VARIABLE],
): string | undefined {
  const [major = 0, minor = 0] = hello.version;
  if (forced === 'in-process') return `${SAMPLER_VARIABLE}=in-process asks for it`;
  if (hello.implementation !== 'cpython')
    return `${hello.implementation} lays out its memory differently from CPython`;
  if (major !== 3 || minor < 11) return `CPython ${major}.${minor} is older than 3.11`;
  if (hello.freeThreaded) return 'a free-threaded build lays out its memory differently';
  if (hello.failures.length > 0) return hello.failures.join('; ');
  if (process.platform !== 'linux') return `${process.platform} has no /proc/<pid>/mem`;
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'));
    return undefined;
  } catch (error) {
    return `the system does not permit it (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}
