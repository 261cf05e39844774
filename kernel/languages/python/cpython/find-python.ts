/**
 * Whether a process is a CPython, and where it keeps its runtime state: for children of the kernel, in which no agent
 * lives. `_PyRuntime` is exported by the program or by `libpython`; with the address where that is loaded, one knows.
 */
import { findLayout } from './layouts/find-layout.ts';
import type { Layout } from './layouts/layout.ts';
import { elfOf, mappedFiles, SYMBOLS } from './mapped-files.ts';
import { ProcessMemory } from './memory.ts';

export interface FoundPython {
  readonly memory: ProcessMemory;
  readonly layout: Layout;
  readonly runtime: number;
  readonly codeType: number;
}

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
  for (const { path, base, isPython } of mappedFiles(pid)) {
    if (!isPython) continue;
    const elf = elfOf(path);
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
