/** What the messages of one cell say, in the run's own terms. Pure. */
import type { CellRequest } from '../languages/adapter.ts';
import type { JsonObject } from '../wire/message.ts';
import type { CellReply } from './cell-run.ts';
import type { CellOptions, Magic } from './magic.ts';

export const USAGE_ERROR = 'PyPerfUsageError';

export function toRequest(
  msgId: string,
  code: string,
  magic: Magic | undefined,
  options: CellOptions | undefined,
): CellRequest {
  const action = magic?.action;
  return {
    msgId,
    code,
    magicLines: magic?.lines ?? 0,
    skip: action?.kind === 'help',
    ...(action?.kind === 'usage-error' && { usageError: action.message }),
    ...(options && {
      profile: {
        memory: options.memory,
        lines: options.lines,
        ...(options.rateHz !== undefined && { rateHz: options.rateHz }),
      },
    }),
  };
}

/** The content of an `execute_reply`; tslab says `abort` for `aborted`. */
export function toReply(content: JsonObject): CellReply {
  const { status, ename, evalue } = content;
  if (status === 'aborted' || status === 'abort') return { status: 'aborted' };
  if (status !== 'error') return { status: 'ok' };
  return { status, error: { name: text(ename), message: text(evalue) } };
}

/** For an `error` message, and for the reply beside it. */
export const errorContent = (message: string): JsonObject => ({
  ename: USAGE_ERROR,
  evalue: message,
  traceback: [`${USAGE_ERROR}: ${message}`],
});

/** An entry of `history_reply` is the input, or the input and its output. */
export function restoreInput(entry: unknown, restore: (code: string) => string): unknown {
  if (typeof entry === 'string') return restore(entry);
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return entry;
  const input = restore(entry[0]);
  return input === entry[0] ? entry : [input, ...(entry.slice(1) as unknown[])];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
