/** The kernelspecs that are installed: Jupyter's `kernel.json` files and which of them are ours. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { CliError, systemReason } from '../errors.ts';

const KernelJsonSchema = z.looseObject({
  argv: z.array(z.string()).min(1),
  display_name: z.string(),
  language: z.string().default(''),
  interrupt_mode: z.enum(['signal', 'message']).default('signal'),
  env: z.record(z.string(), z.string()).default({}),
  metadata: z.record(z.string(), z.unknown()).default({}),
});
export type KernelJson = z.infer<typeof KernelJsonSchema>;

export interface Wraps {
  readonly name: string;
  /** Absent in the spec of our Python package, which wraps whatever has the name when it starts. */
  readonly dir?: string;
}

export interface InstalledSpec {
  /** Lower case, as Jupyter compares names. */
  readonly name: string;
  readonly dir: string;
  readonly json: KernelJson;
  /** Set when the spec is one of ours: what it wraps. */
  readonly wraps?: Wraps;
}

/** A folder below `kernels/` that holds no usable kernel.json. */
export interface BrokenSpec {
  readonly name: string;
  readonly dir: string;
  readonly reason: string;
}

export interface SpecList {
  readonly specs: readonly InstalledSpec[];
  readonly broken: readonly BrokenSpec[];
}

/** @throws CliError in one sentence when `dir` holds no usable kernel.json. */
export function readSpec(dir: string): InstalledSpec {
  const file = join(dir, 'kernel.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${systemReason(error)}`, undefined, { cause: error });
  }
  const parsed = KernelJsonSchema.safeParse(value);
  if (!parsed.success)
    throw new CliError(
      `${file} is no kernelspec: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`,
    );
  const wraps = wrappedBy(parsed.data);
  return { name: basename(dir).toLowerCase(), dir, json: parsed.data, ...(wraps && { wraps }) };
}

function wrappedBy(json: KernelJson): Wraps | undefined {
  const mark = json.metadata['pyperf'];
  if (typeof mark !== 'object' || mark === null || !('wraps' in mark)) return undefined;
  const at = json.argv.indexOf('--kernelspec');
  const dir = at < 0 ? undefined : json.argv[at + 1];
  return { name: String(mark.wraps), ...(dir !== undefined && { dir }) };
}

/** Every spec below `<dataDir>/kernels`; of two with one name the earlier folder's counts, as in Jupyter. */
export function listSpecs(dataDirs: readonly string[]): SpecList {
  const specs = new Map<string, InstalledSpec>();
  const broken: BrokenSpec[] = [];
  for (const dataDir of dataDirs) {
    for (const dir of kernelFolders(join(dataDir, 'kernels'))) {
      const name = basename(dir).toLowerCase();
      if (specs.has(name)) continue;
      try {
        specs.set(name, readSpec(dir));
      } catch (error) {
        broken.push({ name, dir, reason: (error as Error).message });
      }
    }
  }
  return { specs: [...specs.values()], broken };
}

function kernelFolders(kernelsDir: string): string[] {
  let names: string[];
  try {
    names = readdirSync(kernelsDir).sort();
  } catch {
    return []; // most of the places that Jupyter looks in do not exist
  }
  return names
    .map(name => join(kernelsDir, name))
    .filter(dir => {
      try {
        return readdirSync(dir).includes('kernel.json');
      } catch {
        return false;
      }
    });
}

/**
 * The kernel to run, by name. A wrapped spec stands for the kernel that it wraps: the caller brings its own hook.
 * @throws CliError in one sentence that lists what is there.
 */
export function resolveSpec(name: string, list: SpecList): InstalledSpec {
  const found = list.specs.find(spec => spec.name === name.toLowerCase());
  if (found?.wraps)
    return found.wraps.dir === undefined
      ? resolveSpec(found.wraps.name, list)
      : readSpec(found.wraps.dir);
  if (found) return found;
  const unusable = list.broken.find(spec => spec.name === name.toLowerCase());
  if (unusable) throw new CliError(unusable.reason);
  const names = list.specs.filter(spec => !spec.wraps).map(spec => spec.name);
  throw new CliError(
    names.length === 0
      ? `there is no kernel "${name}": no kernelspec was found at all, so install one, such as ipykernel`
      : `there is no kernel "${name}" here; choose one of ${names.join(', ')} with --kernel`,
  );
}
