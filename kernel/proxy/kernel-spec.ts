/** Reads a kernelspec, and fills in its templates as jupyter_client does (`KernelManager.format_kernel_cmd`). */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { KernelSpec } from '../wire/index.ts';

/** @throws Error in one sentence when the folder holds no kernelspec. */
export function readKernelSpec(dir: string): KernelSpec {
  const file = join(dir, 'kernel.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`cannot read the kernelspec ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const fields: Record<string, unknown> = isRecord(json) ? json : {};
  const argv = fields['argv'];
  if (!isStrings(argv) || argv.length === 0) throw new Error(`${file} has no argv`);
  const language = fields['language'];
  return {
    name: basename(resolve(dir)),
    dir: resolve(dir),
    argv,
    language: typeof language === 'string' ? language : '',
    env: stringsOf(fields['env']),
    interruptMode: fields['interrupt_mode'] === 'message' ? 'message' : 'signal',
  };
}

/** A spec for a command that was given on the command line. */
export const specOfCommand = (argv: readonly string[]): KernelSpec => ({
  name: basename(argv[0] ?? ''),
  dir: '',
  argv,
  language: '',
  env: {},
  interruptMode: 'signal',
});

/** The command line with its markers filled in; an unknown marker stays. */
export function fillArgv(
  spec: KernelSpec,
  values: { readonly connectionFile: string; readonly python?: string },
): string[] {
  const markers: Readonly<Record<string, string>> = {
    connection_file: values.connectionFile,
    kernel_connection_file: values.connectionFile,
    resource_dir: spec.dir,
  };
  const argv = spec.argv.map(argument =>
    argument.replace(/\{(\w+)\}/g, (whole, name: string) => markers[name] ?? whole),
  );
  if (values.python !== undefined && /^python3?$/.test(argv[0] ?? '')) argv[0] = values.python;
  return argv;
}

/** Values of a spec's `env` may name variables as `$NAME` or `${NAME}`; `$$` is a dollar; unknown names stay. */
export function fillEnv(
  specEnv: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const fill = (value: string): string =>
    value.replace(
      /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g,
      (whole, dollar?: string, bare?: string, braced?: string) =>
        dollar ?? env[bare ?? braced ?? ''] ?? whole,
    );
  return Object.fromEntries(Object.entries(specEnv).map(([name, value]) => [name, fill(value)]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

const stringsOf = (value: unknown): Record<string, string> =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, item]) =>
          typeof item === 'string' ? [[name, item]] : [],
        ),
      )
    : {};
