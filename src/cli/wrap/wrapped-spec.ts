/** What a wrapped kernelspec says: the wrapped kernel's own words, with the hook in front. */
import { hookArgv } from '../kernel/hook-process.ts';
import type { InstalledSpec } from '../jupyter/specs.ts';

export const WRAPPED_PREFIX = 'pyperf-';

export interface WrapOptions {
  readonly hookFile: string;
  readonly python: string | undefined;
}

/** The content of the wrapped spec's `kernel.json`. */
export function wrappedKernelJson(
  spec: InstalledSpec,
  { hookFile, python }: WrapOptions,
): Record<string, unknown> {
  // The hook's front side has no curve sockets, so it must not promise them.
  const metadata = Object.entries(spec.json.metadata).filter(
    ([key]) => key !== 'supported_encryption',
  );
  const { env, interrupt_mode: interruptMode, language } = spec.json;
  return {
    argv: hookArgv({
      hookFile,
      connectionFile: '{connection_file}',
      specDir: spec.dir,
      python,
    }),
    display_name: wrappedName(spec.json.display_name),
    env,
    interrupt_mode: interruptMode,
    language,
    metadata: { ...Object.fromEntries(metadata), pyperf: { wraps: spec.name } },
  };
}

/** `Python 3 (ipykernel)` → `Python 3 (PyPerf)`: which package the kernel comes from is not what sets this one apart. */
export const wrappedName = (displayName: string): string =>
  `${displayName.replace(/\s*\(ipykernel\)$/, '')} (PyPerf)`;
