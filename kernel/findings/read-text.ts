/** The text of a file in which lines were measured. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Source } from '../../src/profile/index.ts';

/** Nobody writes a longer one by hand. */
const MAX_BYTES = 400_000;

/** @returns undefined for a cell's line, and for a file that is gone or too large. */
export function readSourceFile(source: Source, folder: string): string | undefined {
  if (!('file' in source)) return undefined;
  try {
    const path = resolve(folder, source.file);
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
