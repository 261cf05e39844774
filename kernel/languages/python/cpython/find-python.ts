/**
 * Whether a process is a CPython, and where it keeps its runtime state: for children of the kernel, in which no agent
 * lives. `_PyRuntime` is exported by the program or by `libpython`; with the address where that is loaded, one knows.
 */
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { type Elf, readElf } from './elf.ts';
import { findLayout } from './layouts/find-layout.ts';
import type { Layout } from './layouts/layout.ts';
import { ProcessMemory } from './memory.ts';

export interface FoundPython {
  readonly memory: ProcessMemory;
  readonly layout: Layout;
  readonly runtime: number;
  readonly codeType: number;
}

const SYMBOLS = ['_PyRuntime', 'PyCode_Type', 'Py_Version'] as const;
const LIBRARY = /\/libpython3[^/]*\.so[^/]*$/;
const MOST_FILES = 16;

/** Symbols of a file do not change while its inode and date stand. Programs are few. */
const known = new Map<string, Elf | undefined>();

/** @returns undefined when it is no CPython that we can read. The caller closes the memory. */
export function findPython(pid: number): FoundPython | undefined {
  let memory: ProcessMemory | undefined;
  try {
    memory = new ProcessMemory(pid);
    const found = locate(pid, memory);
    if (found) return found;
  } catch {
    // Gone, refused, or of a version that we do not know.
  }
  memory?.close();
  return undefined;
}

function locate(pid: number, memory: ProcessMemory): FoundPython | undefined {
  const program = readlinkSync(`/proc/${pid}/exe`);
  for (const { path, base } of firstMappings(pid)) {
    if (path !== program && !LIBRARY.test(path)) continue;
    const elf = symbolsOf(path);
    if (!elf) continue;
    const bias = elf.isFixed ? 0 : base;
    const [runtime, codeType, version] = SYMBOLS.map(name => elf.symbols.get(name));
    if (runtime === undefined || codeType === undefined || version === undefined) continue;
    const word = Buffer.alloc(8);
    if (memory.readInto(word, bias + version, 8) < 8) return undefined;
    const hex = word.readUInt32LE(0);
    const layout = findLayout([hex >>> 24, (hex >>> 16) & 0xff], memory, bias + runtime);
    return { memory, layout, runtime: bias + runtime, codeType: bias + codeType };
  }
  return undefined;
}

/** Every file that is mapped from its beginning, and where: proc(5), `/proc/<pid>/maps`. */
function firstMappings(pid: number): { path: string; base: number }[] {
  const mappings: { path: string; base: number }[] = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const match = /^([0-9a-f]+)-\S+ \S+ 0+ \S+ \d+ +(\/.*)$/.exec(line);
    if (match)
      mappings.push({ base: Number.parseInt(match[1] as string, 16), path: match[2] as string });
  }
  return mappings;
}

function symbolsOf(path: string): Elf | undefined {
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
