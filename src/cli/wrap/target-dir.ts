/** Where wrapped kernelspecs are written. */
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { sysPrefix, userDataDir, type JupyterEnvironment } from '../jupyter/paths.ts';

export interface TargetOptions {
  readonly user?: boolean;
  readonly sysPrefix?: boolean;
  readonly prefix?: string;
}

/**
 * The `kernels` folder that the options mean. Without any: the environment that the command belongs to, and the
 * user's own folder when it belongs to none.
 * @throws CliError when `--sys-prefix` is asked for and there is no environment.
 */
export function kernelsDir(options: TargetOptions, environment: JupyterEnvironment): string {
  const chosen = [options.user, options.sysPrefix, options.prefix !== undefined].filter(Boolean);
  if (chosen.length > 1) throw new CliError('give only one of --user, --sys-prefix and --prefix');
  if (options.prefix !== undefined) return join(options.prefix, 'share', 'jupyter', 'kernels');
  const prefix = sysPrefix(environment);
  if (options.user !== true && prefix !== undefined)
    return join(prefix, 'share', 'jupyter', 'kernels');
  if (options.sysPrefix === true)
    throw new CliError(
      'there is no environment for --sys-prefix: activate one, or give --user or --prefix',
    );
  return join(userDataDir(environment), 'kernels');
}
