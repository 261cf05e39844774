/** What the hook puts under a cell, as messages of the kinds that kernels send. */
import type { Cell } from '../../src/profile/index.ts';
import type { JsonObject } from '../wire/message.ts';
import type { CellRun } from './cell-run.ts';
import type { CellOptions } from './magic.ts';
import { errorContent } from './cell-messages.ts';
import type { Recorder } from './recorder.ts';

export interface Answer {
  readonly type: 'display_data' | 'stream' | 'error';
  readonly content: JsonObject;
}

export interface AnswerContext {
  readonly recorder: Recorder;
  readonly log: (line: string) => void;
}

/** Never fails for a reason that the user can mend: a file that cannot be written is told under the cell. */
export async function answersTo(
  run: CellRun,
  cell: Cell,
  { recorder }: AnswerContext,
): Promise<readonly Answer[]> {
  const { action, options } = run;
  const unraised =
    run.kernelRaises || run.request.usageError === undefined
      ? []
      : [{ type: 'error' as const, content: errorContent(run.request.usageError) }];
  switch (action?.kind) {
    case 'usage-error':
      return unraised;
    case 'help':
      return [stdout(action.text)];
    case 'on':
      return [stdout('PyPerf profiles every cell from now on. %pyperf off ends it.\n')];
    case 'off':
      return [
        stdout('PyPerf no longer profiles every cell. Time and resources are still recorded.\n'),
      ];
    case 'status':
      return [stdout((await import('./status.ts')).statusText(recorder))];
    case 'report':
      if (recorder.cells.length === 0) return [stdout('No cell has run yet.\n')];
      return [(await import('./display.ts')).displayRun(recorder.profile())];
    case 'export':
      return [(await import('./export.ts')).exportTo(action.path, recorder.profile())];
    case 'profile':
    case undefined:
      return options ? profiled(cell, options, recorder) : [];
  }
}

async function profiled(cell: Cell, options: CellOptions, recorder: Recorder): Promise<Answer[]> {
  const answers: Answer[] = [];
  const told = await compared(cell, options, recorder, answers);
  const profile = recorder.profile([told]);
  if (!options.quiet) answers.unshift((await import('./display.ts')).displayCell(profile));
  if (options.exportPath !== undefined)
    answers.push((await import('./export.ts')).exportTo(options.exportPath, profile));
  return answers;
}

/** The cell with what it was compared with; as it is where that cannot be found, which is told in `answers`. */
async function compared(
  cell: Cell,
  { compareWith: wanted }: CellOptions,
  recorder: Recorder,
  answers: Answer[],
): Promise<Cell> {
  if (wanted === undefined) return cell;
  try {
    const comparedWith = (await import('./compare.ts')).compareWith(wanted, cell, recorder);
    return recorder.replace(cell, { ...cell, comparedWith });
  } catch (error) {
    answers.push(stderr(`PyPerf could not compare: ${(error as Error).message}.\n`));
    return cell;
  }
}

export const stdout = (text: string): Answer => stream('stdout', text);
export const stderr = (text: string): Answer => stream('stderr', text);

const stream = (name: 'stdout' | 'stderr', text: string): Answer => ({
  type: 'stream',
  content: { name, text },
});
