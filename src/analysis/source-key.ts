/** Names for lines, and for the texts that they stand in. */
import type { Source } from '../profile/index.ts';

/** Names the text that a line stands in: `[6]` or a file's path. */
export const textKey = (source: Source): string =>
  'file' in source ? source.file : `[${source.executionCount}]`;

export const lineKey = (source: Source): string => `${textKey(source)}:${source.line}`;
