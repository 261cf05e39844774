/** Whose code a frame of tslab's process is. */
import { readFileSync } from 'node:fs';
import type { Source } from '../../../src/profile/index.ts';
import type { FileOrigin, FrameResolver } from '../attribution/index.ts';
import { GARBAGE_COLLECTOR } from './inside/v8-profile.ts';
import { isTslabs, packageOf } from './package-name.ts';

/** As `Kernel.cellName` makes it. */
const CELL = /^cell\[(\d+)\]\.[jt]s$/;

/** @param cellText of a cell by its execution count, as far as it is still known. */
export function resolverOf(
  cellText: (executionCount: number) => string | undefined,
): FrameResolver {
  const files = new Map<string, readonly string[] | undefined>();
  const linesOf = (file: string): readonly string[] | undefined => {
    if (!files.has(file)) files.set(file, readLines(file));
    return files.get(file);
  };
  return {
    origin: file => {
      const origin = originOf(file);
      return origin.kind === 'cell'
        ? { ...origin, lastLine: cellText(origin.executionCount)?.trimEnd().split('\n').length }
        : origin;
    },
    text: source =>
      isCell(source)
        ? cellText(source.executionCount)?.split('\n')[source.line - 1]
        : linesOf(source.file)?.[source.line - 1],
    // A worker thread of the user's is not sampled, and a process that it starts has frames of its own.
    isEntry: () => false,
    standsAlone: frame => frame.file === '' && frame.function === GARBAGE_COLLECTOR,
  };
}

export function originOf(file: string): FileOrigin {
  const executionCount = CELL.exec(file)?.[1];
  if (executionCount !== undefined)
    return { kind: 'cell', executionCount: Number(executionCount), lineOffset: 0 };
  const name = packageOf(file);
  if (name !== undefined && isTslabs(name)) return { kind: 'runtime' };
  if (name !== undefined) return { kind: 'library', package: name.replace('\\', '/') };
  return /^([\\/]|[A-Za-z]:)/.test(file) ? { kind: 'file', file } : { kind: 'runtime' };
}

const isCell = (source: Source): source is Extract<Source, { executionCount: number }> =>
  'executionCount' in source;

function readLines(file: string): readonly string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}
