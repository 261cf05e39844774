/** `jupyter pyperf install` and `uninstall`: wrapped kernels beside the real ones. */
import { CliError, EXIT, type ExitCode } from '../errors.ts';
import { hookFile } from '../install-paths.ts';
import { currentEnvironment, dataDirs } from '../jupyter/paths.ts';
import { pythonFor } from '../jupyter/python.ts';
import { listSpecs, type InstalledSpec } from '../jupyter/specs.ts';
import { dirname } from 'node:path';
import { installWrapped, uninstallWrapped } from '../wrap/install.ts';
import { kernelsDir, type TargetOptions } from '../wrap/target-dir.ts';

const DONE = { new: 'Installed', changed: 'Updated', unchanged: 'Already there:' } as const;

/** @throws CliError */
export function installCommand(names: readonly string[], options: TargetOptions): ExitCode {
  const environment = currentEnvironment();
  const target = kernelsDir(options, environment);
  const { specs, broken } = listSpecs(dataDirs(environment));
  const plain = specs.filter(spec => !spec.wraps);
  const chosen = names.length === 0 ? plain : names.map(name => pick(name, specs));
  for (const { dir, reason } of broken) process.stderr.write(`Left out ${dir}: ${reason}\n`);
  if (chosen.length === 0)
    throw new CliError('no kernel was found to wrap: install one, such as ipykernel, first');
  for (const spec of chosen) {
    const packaged = specs.find(isPackaged(spec.name));
    if (packaged) {
      process.stdout.write(
        `Already there: ${packaged.name} in ${packaged.dir}, with the package\n`,
      );
      continue;
    }
    const python = pythonFor(spec, environment);
    const { dir, state } = installWrapped(spec, target, { hookFile: hookFile(), python });
    process.stdout.write(`${DONE[state]} pyperf-${spec.name} in ${dir}\n`);
  }
  return EXIT.ok;
}

/** Without names or a place: every wrapped kernel that is found. @throws CliError */
export function uninstallCommand(names: readonly string[], options: TargetOptions): ExitCode {
  const environment = currentEnvironment();
  const anywhere = !options.user && !options.sysPrefix && options.prefix === undefined;
  const dirs = anywhere ? dataDirs(environment) : [dirname(kernelsDir(options, environment))];
  // Folder by folder, because one may hide another's kernel of the same name.
  const wrapped = dirs
    .flatMap(dir => listSpecs([dir]).specs)
    .filter(spec => spec.wraps?.dir !== undefined);
  const chosen =
    names.length === 0
      ? wrapped
      : names.flatMap(name => {
          const found = wrapped.filter(spec => isNamed(spec, name));
          if (found.length === 0) throw new CliError(`there is no wrapped kernel "${name}" here`);
          return found;
        });
  for (const spec of chosen) {
    uninstallWrapped(spec);
    process.stdout.write(`Removed ${spec.dir}\n`);
  }
  if (chosen.length === 0) process.stdout.write('There is no wrapped kernel to remove.\n');
  return EXIT.ok;
}

function pick(name: string, specs: readonly InstalledSpec[]): InstalledSpec {
  const spec = specs.find(candidate => candidate.name === name.toLowerCase());
  if (spec) return spec;
  const known = specs.filter(candidate => !candidate.wraps).map(candidate => candidate.name);
  throw new CliError(
    `there is no kernel "${name}"${known.length > 0 ? `; found: ${known.join(', ')}` : ' and no other'}`,
  );
}

const isNamed = (spec: InstalledSpec, name: string): boolean =>
  [spec.name, spec.wraps?.name].includes(name.toLowerCase());

/** Comes and goes with the Python package, and wraps whatever kernel has the name. */
const isPackaged =
  (name: string) =>
  ({ wraps }: InstalledSpec): boolean =>
    wraps?.name === name && wraps.dir === undefined;
