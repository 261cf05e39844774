/** The command and its subcommands. Their words, options and help, are in `program/`, what they do in `commands/`. */
import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { EXIT_CODES } from './program/exit-codes.ts';
import { addKernels } from './program/kernel-commands.ts';
import { addReports } from './program/report-commands.ts';
import { addRun } from './program/run-command.ts';
import type { Done } from './program/types.ts';

export function createProgram(version: string, done: Done): Command {
  const program = new Command('jupyter pyperf')
    .description(
      'Find out why a notebook is slow or hungry, line by line, without slowing it down.',
    )
    .version(version)
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  const command = (usage: string): Command => program.command(usage).exitOverride();

  addRun(command, done);
  addReports(command, done);
  addKernels(command, done);
  command('doctor')
    .description('say what works on this machine, what does not, and what to do')
    .addHelpText('after', '\nExit code 1 when PyPerf cannot work here at all, otherwise 0.')
    .action(async () => done(await doctorCommand()));

  return program;
}
