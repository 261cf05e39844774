/**
 * `%%pyperf` and `%pyperf`, the same in every language: what the first line of a cell asks for.
 *
 * Pure: text in, a decision out. The hook sees a cell before its kernel does, so a wrong option can stop it.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseArgsStringToArgv } from 'string-argv';

export interface CellOptions {
  /** Samples a second; absent: adapts to the length of the cell. */
  readonly rateHz?: number;
  readonly lines: boolean;
  readonly memory: 'rss' | 'trace';
  readonly label?: string;
  readonly exportPath?: string;
  readonly compareWith?: string;
  readonly quiet: boolean;
}

export const DEFAULT_OPTIONS: CellOptions = { lines: true, memory: 'rss', quiet: false };

export type MagicAction =
  | { readonly kind: 'profile'; readonly options: CellOptions }
  | { readonly kind: 'on'; readonly options: CellOptions }
  | { readonly kind: 'off' | 'report' | 'status' }
  | { readonly kind: 'export'; readonly path: string }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'usage-error'; readonly message: string };

export interface Magic {
  readonly action: MagicAction;
  /** Lines from the top that belong to the magic, leading blank ones included. */
  readonly lines: number;
}

export const MAX_RATE_HZ = 10_000;
const FIRST_LINE = /^((?:[ \t]*\n)*)(%%?)pyperf(?![\w.])([^\n]*)/;

/** @returns undefined for a cell that does not begin with a PyPerf magic. */
export function parseMagic(code: string): Magic | undefined {
  if (!code.includes('%pyperf')) return undefined;
  const match = FIRST_LINE.exec(code);
  if (!match) return undefined;
  const [, blank = '', percent, rest = ''] = match;
  const lines = blank.split('\n').length;
  return { action: percent === '%%' ? parseCellMagic(rest) : parseLineMagic(rest), lines };
}

/** Shown by `%%pyperf -h`, and by `%%pyperf?` where the kernel has such a thing. */
export function magicHelp(): string {
  return `${cellCommand().helpInformation()}\n${lineCommand(() => undefined).helpInformation()}`;
}

function parseCellMagic(text: string): MagicAction {
  const command = cellCommand();
  return parsed(command, text, () => ({ kind: 'profile', options: cellOptions(command) }));
}

function parseLineMagic(text: string): MagicAction {
  let action: MagicAction | undefined;
  const command = lineCommand(found => {
    action = found;
  });
  return parsed(command, text, () => action ?? { kind: 'help', text: command.helpInformation() });
}

function parsed(command: Command, text: string, result: () => MagicAction): MagicAction {
  try {
    command.parse(parseArgsStringToArgv(text), { from: 'user' });
    return result();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help')
      return { kind: 'help', text: magicHelp() };
    return {
      kind: 'usage-error',
      message: `${error.message.replace(/^error: /, '')}\n\n${command.helpInformation().trimEnd()}`,
    };
  }
}

function cellCommand(): Command {
  return withCellOptions(silent(new Command('%%pyperf')))
    .description('Profile this cell: time, CPU, memory and I/O, by line.')
    .addOption(new Option('--label <text>', 'name for the cell in reports'))
    .addOption(new Option('--export <path>', 'also write the report; the ending tells the format'))
    .addOption(
      new Option(
        '--compare <label|path>',
        'compare with an earlier cell, a kept run, or a .pyperf.json file',
      ),
    )
    .addOption(new Option('--quiet', 'measure and record, but show nothing under the cell'))
    .addHelpText(
      'after',
      '\nExamples:\n  %%pyperf\n  %%pyperf --memory trace --label "load data"\n  %%pyperf --export report.html',
    );
}

function lineCommand(found: (action: MagicAction) => void): Command {
  const command = silent(new Command('%pyperf'))
    .description('PyPerf for the whole notebook, in a cell of its own.')
    .helpCommand(false);
  const sub = (name: string, description: string): Command =>
    silent(command.command(name)).description(description);
  const on = withCellOptions(sub('on', 'profile every cell from now on, as %%pyperf does'));
  on.action(() => found({ kind: 'on', options: cellOptions(on) }));
  sub('off', 'stop profiling every cell').action(() => found({ kind: 'off' }));
  sub('report', 'show the report of all cells run so far').action(() => found({ kind: 'report' }));
  sub(
    'export',
    'write that report; the ending tells the format: .pyperf.json, .html, .md, .csv, .txt',
  )
    .argument('<path>')
    .action((path: string) => found({ kind: 'export', path }));
  sub('status', 'say what is measured, and how').action(() => found({ kind: 'status' }));
  return command;
}

function withCellOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--rate <hz>',
        'stack samples a second (default: adapts to the length of the cell)',
      ).argParser(parseRate),
    )
    .addOption(new Option('--no-lines', 'time and resources only, no stacks'))
    .addOption(
      new Option(
        '--memory <method>',
        'rss: growth of the process; trace: exact Python allocations, slower',
      )
        .choices(['rss', 'trace'])
        .default('rss'),
    );
}

/** Errors and help are ours to show: commander must neither print nor exit. */
function silent(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .allowExcessArguments(false)
    .configureHelp({ helpWidth: 88 });
}

function cellOptions(command: Command): CellOptions {
  const given: {
    rate?: number;
    lines: boolean;
    memory: 'rss' | 'trace';
    label?: string;
    export?: string;
    compare?: string;
    quiet?: boolean;
  } = command.opts();
  return {
    lines: given.lines,
    memory: given.memory,
    quiet: given.quiet ?? false,
    ...(given.rate !== undefined && { rateHz: given.rate }),
    ...(given.label !== undefined && { label: given.label }),
    ...(given.export !== undefined && { exportPath: given.export }),
    ...(given.compare !== undefined && { compareWith: given.compare }),
  };
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!Number.isFinite(rate) || rate <= 0 || rate > MAX_RATE_HZ)
    throw new InvalidArgumentError(`It must be a number above 0, at most ${MAX_RATE_HZ}.`);
  return rate;
}
