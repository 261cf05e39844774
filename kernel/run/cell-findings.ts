/** Asks for a profiled cell's findings, with the cells before it at hand. */
import type { FindingsClient, FoundInCell } from '../findings/client.ts';
import type { Cell } from '../../src/profile/index.ts';
import type { Recorder } from './recorder.ts';

/** What ends sooner is not worth an advice, nor the worker that would give it. */
const WORTH_MS = 250;
/** Newest first, what all texts together may be: they are copied to the worker. */
const MAX_TEXT = 300_000;

/** Starts the worker while a cell runs, once that is long enough for findings. */
export const warmLater = (client: FindingsClient): NodeJS.Timeout =>
  setTimeout(() => client.warm(), WORTH_MS).unref();

export async function findingsOf(
  cell: Cell,
  recorder: Recorder,
  client: FindingsClient,
): Promise<FoundInCell | undefined> {
  if (cell.wallTimeMs < WORTH_MS || cell.lines.length === 0) return undefined;
  return client.find(recorder.profile([cell]), earlierTexts(recorder.cells), process.cwd());
}

function earlierTexts(cells: readonly Cell[]): Record<number, string> {
  const texts: Record<number, string> = {};
  let length = 0;
  for (const { executionCount, source } of cells.toReversed()) {
    if (executionCount === null) continue;
    length += source.length;
    if (length > MAX_TEXT) break;
    texts[executionCount] ??= source;
  }
  return texts;
}
