/** `jupyter pyperf enable` and `disable`: every local kernel of a server behind the hook, under its own name. */
import { EXIT, type ExitCode } from '../errors.ts';
import { currentEnvironment } from '../jupyter/paths.ts';
import {
  disableIn,
  enableIn,
  isEnabled,
  packagedConfig,
  userConfig,
} from '../jupyter/server-config.ts';

export interface EnableOptions {
  readonly user?: boolean;
}

/** @throws CliError */
export function enableCommand({ user = false }: EnableOptions): ExitCode {
  const environment = currentEnvironment();
  const packaged = packagedConfig(environment);
  const file = user ? userConfig(environment) : packaged;
  const state = isEnabled(file) ? 'Already on' : 'On';
  if (!isEnabled(file)) enableIn(file);
  process.stdout.write(
    `${state}: ${file}\nEvery local kernel starts behind PyPerf once Jupyter is started again.\n`,
  );
  return EXIT.ok;
}

/** Wherever it is on. @throws CliError */
export function disableCommand(): ExitCode {
  const environment = currentEnvironment();
  const on = [packagedConfig(environment), userConfig(environment)].filter(isEnabled);
  for (const file of on) {
    disableIn(file, environment);
    process.stdout.write(`Off: ${file}\n`);
  }
  process.stdout.write(
    on.length === 0
      ? 'It was not on.\n'
      : 'Kernels start without PyPerf once Jupyter is started again.\n',
  );
  return EXIT.ok;
}
