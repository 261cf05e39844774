/** Why a run ended early, in words and with the traceback. */
import { stripVTControlCharacters } from 'node:util';
import { describeExit, type KernelExit } from '../kernel/hook-process.ts';
import type { CellEnding } from './execute-cell.ts';
import type { ExecuteResult } from './execute.ts';
import { describeStep } from './progress.ts';
import type { Target } from './targets.ts';

/** @returns undefined when the run went to the end of the notebook. */
export function describeEnding(
  target: Target,
  { ended, kernelOutput }: ExecuteResult,
  colours: boolean,
): string | undefined {
  if (!ended) return undefined;
  const where = `${target.path}, ${describeStep(ended.step)}`;
  const text = sentences(where, ended.ending, kernelOutput);
  return colours ? text : stripVTControlCharacters(text);
}

function sentences(where: string, ending: CellEnding, kernelOutput: string): string {
  switch (ending.kind) {
    case 'ok':
      return `${where}: stopped after this cell.`;
    case 'error': {
      const { ename, evalue, traceback } = ending.error;
      const trace = traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`;
      return `${trace}\n\n${where}: ${WHY[ending.interrupted ?? 'none']} ${ename}.`;
    }
    case 'died':
      return `${where}: the kernel died (${describeExit(ending.exit)}${hint(ending.exit)}).${said(kernelOutput)}`;
    case 'stuck':
      return `${where}: the cell ${ending.interrupted === 'timeout' ? 'ran out of time and ' : ''}did not react to an interrupt, so its kernel was killed.`;
  }
}

const WHY = {
  none: 'the cell failed with',
  timeout: 'the cell ran out of time and was interrupted:',
  user: 'the cell was interrupted:',
} as const;

/** The usual reason of a kill that nobody asked for. */
const hint = ({ signal, code }: KernelExit): string =>
  signal === 'SIGKILL' || code === 137 ? ', often for lack of memory' : '';

const said = (output: string): string => (output === '' ? '' : ` It wrote:\n${output}`);
