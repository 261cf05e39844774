/** The words of `jupyter pyperf run`. */
import { InvalidArgumentError, Option } from 'commander';
import { renderers, type Format } from '../../render/index.ts';
import { runCommand } from '../commands/run.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { AddCommand, Done } from './types.ts';

const FORMATS = Object.keys(renderers) as Format[];
const STANDARD = FORMATS.filter(format => ['json', 'html', 'md', 'csv'].includes(format));

export function addRun(command: AddCommand, done: Done): void {
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
