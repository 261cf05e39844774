/** The hook's command line, as the kernelspecs that PyPerf installs write it. */
import { parseArgs } from 'node:util';

export interface HookArguments {
  readonly connectionFile: string;
  /** Interpreter that a kernelspec's bare `python` means; absent: found on PATH. */
  readonly python?: string;
  /** The client keeps figures of cells in their metadata: they travel with the message that ends a cell. */
  readonly cellMetadata: boolean;
  readonly kernel:
    | { readonly kernelspec: string }
    /** May hold the marker `{kernel_connection_file}`: Jupyter fills in `{connection_file}` itself. */
    | { readonly argv: readonly string[] };
}

export const USAGE = `usage: hook --connection-file FILE [--python PATH] [--cell-metadata] (--kernelspec DIR | -- ARGV…)

Starts the kernel of DIR/kernel.json, or ARGV, and stands between it and Jupyter.
In ARGV, {kernel_connection_file} is replaced by the connection file of the kernel.`;

/** @throws Error in one sentence when the command line is not understood. */
export function parseHookArguments(argv: readonly string[]): HookArguments {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const kernelArgv = end < 0 ? undefined : argv.slice(end + 1);
  const { values } = parseArgs({
    args: [...own],
    options: {
      'connection-file': { type: 'string', short: 'f' },
      kernelspec: { type: 'string' },
      python: { type: 'string' },
      'cell-metadata': { type: 'boolean', default: false },
    },
  });
  const connectionFile = values['connection-file'];
  if (connectionFile === undefined) throw new Error('--connection-file is missing');
  const common = {
    connectionFile,
    cellMetadata: values['cell-metadata'],
    ...(values.python !== undefined && { python: values.python }),
  };
  if (values.kernelspec !== undefined && kernelArgv !== undefined)
    throw new Error('give either --kernelspec or the command of the kernel, not both');
  if (values.kernelspec !== undefined)
    return { ...common, kernel: { kernelspec: values.kernelspec } };
  if (kernelArgv === undefined || kernelArgv.length === 0)
    throw new Error('neither --kernelspec nor the command of the kernel is given');
  return { ...common, kernel: { argv: kernelArgv } };
}
