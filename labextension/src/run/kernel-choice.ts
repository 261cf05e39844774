/** Which installed kernel is ours and runs the one that a notebook has. Pure. */

/** What Jupyter's REST interface tells of a kernelspec, as far as we look at it. */
export interface KernelSpec {
  readonly name: string;
  readonly display_name: string;
  readonly argv: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * The name of the kernel that a spec of ours wraps; undefined for any other spec. `jupyter pyperf install` writes it
 * into the metadata; a spec written by hand tells it by its command.
 */
export function wrapsKernel(spec: KernelSpec): string | undefined {
  const mark = spec.metadata?.['pyperf'];
  if (typeof mark === 'object' && mark !== null && 'wraps' in mark) return String(mark.wraps);
  const isHook = spec.argv.some(argument => /(^|[\\/])hook\.cjs$/.test(argument));
  const at = spec.argv.indexOf('--kernelspec');
  const folder = isHook && at >= 0 ? spec.argv[at + 1] : undefined;
  return folder?.split(/[\\/]/).filter(Boolean).at(-1);
}

/** The spec of ours for a kernel. Jupyter compares names without case. */
export function findWrapper(
  specs: readonly KernelSpec[],
  kernelName: string,
): KernelSpec | undefined {
  const name = kernelName.toLowerCase();
  const found = specs.filter(spec => wrapsKernel(spec)?.toLowerCase() === name);
  return found.find(spec => spec.name === `pyperf-${name}`) ?? found[0];
}
