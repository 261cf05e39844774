/** The files that a process has loaded, where, and what they export. */
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { type Elf, readElf } from './elf.ts';

export interface MappedFile {
  readonly path: string;
  /** Where its beginning lies. */
  readonly base: number;
  /** The program itself, or the library that holds its interpreter. */
  readonly isPython: boolean;
}

/** Symbols by which an interpreter is known. */
export const SYMBOLS = ['_PyRuntime', 'PyCode_Type', 'Py_Version'] as const;
const LIBRARY = /\/libpython3[^/]*\.so[^/]*$/;
const MOST_FILES = 16;

/** What a file exports does not change while its inode and date stand. Programs are few. */
const known = new Map<string, Elf | undefined>();

/**
 * Every file that is mapped from its beginning: proc(5), `/proc/<pid>/maps`.
 * @throws Error when the process is gone.
 */
export function mappedFiles(pid: number): MappedFile[] {
  const program = readlinkSync(`/proc/${pid}/exe`);
  const mappings: MappedFile[] = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const match = /^([0-9a-f]+)-\S+ \S+ 0+ \S+ \d+ +(\/.*)$/.exec(line);
    if (!match) continue;
    const path = match[2] as string;
    const isPython = path === program || LIBRARY.test(path);
    mappings.push({ base: Number.parseInt(match[1] as string, 16), path, isPython });
  }
  return mappings;
}

/** @returns undefined when it is no program or library that we can read. */
export function elfOf(path: string): Elf | undefined {
  let key: string;
  try {
    const { dev, ino, mtimeMs } = statSync(path);
    key = `${dev}:${ino}:${mtimeMs}`;
  } catch {
    return undefined;
  }
  if (known.has(key)) return known.get(key);
  if (known.size >= MOST_FILES) known.clear();
  const elf = readElf(path, SYMBOLS);
  known.set(key, elf);
  return elf;
}
