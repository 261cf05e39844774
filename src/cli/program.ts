/** The command's words: subcommands, options, help. What they do is in `commands/`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { compareCommand } from './commands/compare.ts';
import { doctorCommand } from './commands/doctor.ts';
import { disableCommand, enableCommand, type EnableOptions } from './commands/enable.ts';
import { installCommand, uninstallCommand } from './commands/install.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { comparisonRenderers, type ComparisonFormat } from '../render/comparison/index.ts';
import { renderers, type Format } from '../render/index.ts';
import type { ExitCode } from './errors.ts';
import type { TargetOptions } from './wrap/target-dir.ts';

const FORMATS = Object.keys(renderers) as Format[];
const COMPARISON_FORMATS = Object.keys(comparisonRenderers) as ComparisonFormat[];
const STANDARD = FORMATS.filter(format => ['json', 'html', 'md', 'csv'].includes(format));
const EXIT_CODES = `
Exit codes:
  0    all went well
  1    a cell failed, ran out of time, or its kernel died; what was measured is written
  2    nothing was run: a wrong option, an unreadable notebook, no such kernel, a folder that cannot be written
  3    the notebook ran, but went over a limit of its --budget
  130  interrupted with Ctrl-C (143: terminated); what was measured is written`;

/** @param done takes the exit code of the command that ran. */
export function createProgram(version: string, done: (code: ExitCode) => void): Command {
  const program = new Command('jupyter pyperf')
    .description(
      'Find out why a notebook is slow or hungry, line by line, without slowing it down.',
    )
    .version(version)
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  const command = (usage: string): Command => program.command(usage).exitOverride();

  command('run')
    .description('execute notebooks under the profiler and write the reports')
    .argument(
      '<notebook...>',
      'notebooks to run, one after another; the files themselves stay as they are',
    )
    .option('-o, --out <dir>', 'folder for the executed notebooks and reports', 'pyperf-out')
    .option('-k, --kernel <name>', "kernel to use instead of the notebook's own")
    .option('--cell-timeout <seconds>', 'interrupt a cell that runs longer', seconds)
    .option('--allow-errors', 'go on after a cell that fails', false)
    .addOption(formats('reports to write', STANDARD))
    .option('--repeat <times>', 'run it so often, each time in a fresh kernel', times)
    .option('--keep [label]', 'keep the run in pyperf-runs beside the notebook, to compare with')
    .option('--budget <file>', 'limits in YAML or JSON; over one of them the exit code is 3')
    .addHelpText(
      'after',
      `
Each notebook NAME.ipynb gives, in the folder of --out: the executed NAME.ipynb and the reports NAME.pyperf.json,
.html, .md and .csv. Files of an earlier run are replaced. The notebook runs in its own folder and with its own kernel,
which is put behind PyPerf for this run. Cells tagged "skip-execution" are skipped, cells tagged "raises-exception" may fail.

--repeat gives the median of each figure with its interval, so that "compare" and budgets know what is noise.
--budget takes limits for the notebook and for cells (by label, id or index), and for what may get worse than a kept run:
  notebook: { time: 2 min, memory: 2 GB }
  cells:
    - { label: Data loading, time: 5 s }
  baseline: main            # a label or date of a kept run, or a file
  maxRegression: 10%        # or { time: 10%, memory: 20% }

Examples:
  jupyter pyperf run analysis.ipynb
  jupyter pyperf run analysis.ipynb --repeat 5 --keep main
  jupyter pyperf run analysis.ipynb --budget budget.yml
  jupyter pyperf run --out reports --cell-timeout 600 nightly/*.ipynb
  jupyter pyperf run --kernel python3 --allow-errors --format json,html analysis.ipynb
${EXIT_CODES}`,
    )
    .action(async (notebooks: string[], options: RunFlags) => {
      const { format, ...rest } = options;
      done(await runCommand(notebooks, { ...rest, formats: format }));
    });

  command('report')
    .description('render the report of a finished run again')
    .argument('<profile>', 'a NAME.pyperf.json')
    .addOption(
      new Option('-f, --format <format>', 'how to write it').choices(FORMATS).default('txt'),
    )
    .option('-o, --out <file>', 'file to write; standard output without it')
    .addHelpText(
      'after',
      `
Examples:
  jupyter pyperf report pyperf-out/analysis.pyperf.json
  jupyter pyperf report analysis.pyperf.json --format html --out analysis.html`,
    )
    .action((profile: string, options: ReportFlags) => done(reportCommand(profile, options)));

  command('compare')
    .description('show what got better from one run to another: the whole, each cell, each line')
    .argument('<before>', 'a NAME.pyperf.json, or the label or date of a kept run')
    .argument('<after>', 'the same for the later run')
    .addOption(
      new Option('-f, --format <format>', 'how to write it')
        .choices(COMPARISON_FORMATS)
        .default('text'),
    )
    .option('-o, --out <file>', 'file to write; standard output without it')
    .option('-n, --notebook <notebook>', 'whose kept runs labels and dates mean')
    .addHelpText(
      'after',
      `
Besides labels and dates (as "jupyter pyperf runs" lists them; the beginning of a date is enough), "latest" and
"previous" name kept runs. Differences that may be chance are called so: "run --repeat" measures how far a figure goes up
and down by itself.

Examples:
  jupyter pyperf compare before.pyperf.json after.pyperf.json
  jupyter pyperf compare --notebook analysis.ipynb baseline latest
  jupyter pyperf compare slow.pyperf.json fast.pyperf.json --format md --out results.md`,
    )
    .action((before: string, after: string, options: CompareFlags) =>
      done(compareCommand(before, after, options)),
    );

  command('runs')
    .description('list the kept runs of a notebook')
    .argument('<notebook>', 'the notebook; its runs are in pyperf-runs beside it')
    .addHelpText(
      'after',
      `
Examples:
  jupyter pyperf runs analysis.ipynb`,
    )
    .action((notebook: string) => done(runsCommand(notebook)));

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

  command('doctor')
    .description('say what works on this machine, what does not, and what to do')
    .addHelpText('after', '\nExit code 1 when PyPerf cannot work here at all, otherwise 0.')
    .action(async () => done(await doctorCommand()));

  return program;
}

const place = (command: Command, what: string): Command =>
  command
    .option('--user', `${what} in your own Jupyter folder`)
    .option('--sys-prefix', `${what} in the active environment`)
    .option('--prefix <folder>', `${what} in FOLDER/share/jupyter`);

interface ReportFlags {
  readonly format: Format;
  readonly out?: string;
}

interface CompareFlags {
  readonly format: ComparisonFormat;
  readonly out?: string;
  readonly notebook?: string;
}

interface RunFlags {
  readonly out: string;
  readonly kernel?: string;
  readonly cellTimeout?: number;
  readonly allowErrors: boolean;
  readonly format: readonly Format[];
  readonly repeat?: number;
  readonly keep?: string | true;
  readonly budget?: string;
}

function formats(description: string, standard: readonly Format[]): Option {
  return new Option('-f, --format <list>', `${description}, of ${FORMATS.join(', ')}`)
    .default(standard, standard.join(','))
    .argParser(list =>
      list.split(',').map(word => {
        const format = FORMATS.find(known => known === word.trim().toLowerCase());
        if (format === undefined)
          throw new InvalidArgumentError(`"${word}" is none of ${FORMATS.join(', ')}.`);
        return format;
      }),
    );
}

function seconds(value: string): number {
  const number = Number(value);
  // A longer time would overflow Node's timers, which then ring at once.
  if (!(number > 0 && number <= 2_000_000))
    throw new InvalidArgumentError('It must be a number of seconds above 0.');
  return number;
}

function times(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1000)
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return number;
}
