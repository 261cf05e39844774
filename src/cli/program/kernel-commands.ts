/** The words of the commands that put kernels behind PyPerf, or take them from there. */
import type { Command } from 'commander';
import { disableCommand, enableCommand, type EnableOptions } from '../commands/enable.ts';
import { installCommand, uninstallCommand } from '../commands/install.ts';
import type { TargetOptions } from '../wrap/target-dir.ts';
import type { AddCommand, Done } from './types.ts';

export function addKernels(command: AddCommand, done: Done): void {
  place(command('install'), 'write them')
    .description('add a "(PyPerf)" twin of each kernel, for Jupyter to offer')
    .argument('[kernel...]', 'kernels to wrap; all that are found without names')
    .addHelpText(
      'after',
      `
Without an option they are written into the environment that this command belongs to, or into your own Jupyter folder
when it belongs to none. Doing it again brings them up to date.

Examples:
  jupyter pyperf install
  jupyter pyperf install --user python3`,
    )
    .action((kernels: string[], options: TargetOptions) => done(installCommand(kernels, options)));

  place(command('uninstall'), 'remove them')
    .description('remove wrapped kernels; nothing else is touched')
    .argument('[kernel...]', 'wrapped kernels to remove; all that are found without names')
    .addHelpText(
      'after',
      `
Examples:
  jupyter pyperf uninstall
  jupyter pyperf uninstall --user python3`,
    )
    .action((kernels: string[], options: TargetOptions) =>
      done(uninstallCommand(kernels, options)),
    );

  command('enable')
    .description(
      'start every local kernel of this Jupyter server behind PyPerf, under its own name',
    )
    .option('--user', 'in your own Jupyter folder, where the environment cannot be written')
    .addHelpText(
      'after',
      `
When PyPerf is missing or does not start, kernels start without it, and the server's log says why.`,
    )
    .action((options: EnableOptions) => done(enableCommand(options)));

  command('disable')
    .description('undo that')
    .action(() => done(disableCommand()));
}

const place = (command: Command, what: string): Command =>
  command
    .option('--user', `${what} in your own Jupyter folder`)
    .option('--sys-prefix', `${what} in the active environment`)
    .option('--prefix <folder>', `${what} in FOLDER/share/jupyter`);
