/** The words of the commands that read finished runs: `report`, `compare`, `runs`. */
import { Option } from 'commander';
import { comparisonRenderers, type ComparisonFormat } from '../../render/comparison/index.ts';
import { renderers, type Format } from '../../render/index.ts';
import { compareCommand } from '../commands/compare.ts';
import { reportCommand } from '../commands/report.ts';
import { runsCommand } from '../commands/runs.ts';
import type { AddCommand, Done } from './types.ts';

const FORMATS = Object.keys(renderers) as Format[];
const COMPARISON_FORMATS = Object.keys(comparisonRenderers) as ComparisonFormat[];

export function addReports(command: AddCommand, done: Done): void {
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
}

interface ReportFlags {
  readonly format: Format;
  readonly out?: string;
}

interface CompareFlags {
  readonly format: ComparisonFormat;
  readonly out?: string;
  readonly notebook?: string;
}
