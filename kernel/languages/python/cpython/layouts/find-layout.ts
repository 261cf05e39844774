/** Which layout a process has. */
import type { ProcessMemory } from '../memory.ts';
import { CPYTHON_3_11 } from './cpython-3.11.ts';
import { CPYTHON_3_12 } from './cpython-3.12.ts';
import { DEBUG_OFFSETS_BYTES, parseDebugOffsets } from './debug-offsets.ts';
import type { Layout } from './layout.ts';

const TABLES: Readonly<Record<string, Layout>> = { '3.11': CPYTHON_3_11, '3.12': CPYTHON_3_12 };

/** @throws Error with a reason that a user can read when we know no layout for this interpreter. */
export function findLayout(
  version: readonly [major: number, minor: number, ...rest: number[]],
  memory: ProcessMemory,
  runtime: number,
): Layout {
  const [major, minor] = version;
  const table = TABLES[`${major}.${minor}`];
  if (table) return table;
  if (major !== 3 || minor < 13) {
    throw new Error(`the memory layout of CPython ${major}.${minor} is not known`);
  }
  const bytes = Buffer.alloc(DEBUG_OFFSETS_BYTES);
  if (memory.readInto(bytes, runtime, bytes.length) < bytes.length) {
    throw new Error("the interpreter's description of its layout cannot be read");
  }
  return parseDebugOffsets(bytes);
}
