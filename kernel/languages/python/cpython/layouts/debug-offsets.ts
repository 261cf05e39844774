/**
 * CPython 3.13 and later describe themselves: `_PyRuntime` begins with a `_Py_DebugOffsets`, all of whose fields are
 * 64-bit integers, in the order of `Include/internal/pycore_debug_offsets.h`. The same on every architecture.
 */
import type { Layout } from './layout.ts';
import { SECTIONS_3_13 } from './sections-3.13.ts';
import { SECTIONS_3_14 } from './sections-3.14.ts';
import { SECTIONS_3_15 } from './sections-3.15.ts';

export const DEBUG_COOKIE = 'xdebugpy';
/** Enough for the fields that we read, in every known version. */
export const DEBUG_OFFSETS_BYTES = 1024;

/** A struct within it, with its fields. */
export type DebugSection = readonly [name: string, fields: readonly string[]];

/** By `major.minor`. The table grows with each version, and nothing in it tells where: each has a list of its own. */
const SECTIONS: Readonly<Record<string, readonly DebugSection[]>> = {
  '3.13': SECTIONS_3_13,
  '3.14': SECTIONS_3_14,
  '3.15': SECTIONS_3_15,
};

/** What 3.13 does not tell: `offsetof` over its headers, x86-64 and arm64 (LP64), checked on 3.13.0. */
const UNTOLD_3_13 = { stacktop: 64, generatorFrame: 72, generatorState: 67 };
/** `enum _framestate` in `Include/internal/pycore_frame.h`: from `FRAME_CREATED` to the last of the suspended ones. */
const SUSPENDED_BEFORE_3_15 = { created: -3, last: -1 };
const SUSPENDED = { created: 0, last: 3 };
/** `sizeof(PyCompactUnicodeObject) - sizeof(PyASCIIObject)`: a length and a pointer, since 3.12. */
const COMPACT_EXTRA = 16;

/**
 * @param bytes the first `DEBUG_OFFSETS_BYTES` of `_PyRuntime`.
 * @throws Error with the reason when they are not such a table.
 */
export function parseDebugOffsets(bytes: Buffer): Layout {
  if (bytes.toString('latin1', 0, 8) !== DEBUG_COOKIE) {
    throw new Error('the interpreter does not describe its own layout');
  }
  const hex = Number(bytes.readBigUInt64LE(8));
  const [major, minor] = [hex >>> 24, (hex >>> 16) & 0xff];
  if (bytes.readBigUInt64LE(16) !== 0n) throw new Error('this is a free-threaded build');
  const version = `${major}.${minor}`;
  const sections = SECTIONS[version];
  if (!sections) throw new Error(`the memory layout of CPython ${version} is not known`);
  const told = readSections(bytes, sections);
  const at = (name: string): number => {
    const offset = told.get(name);
    if (offset === undefined || offset > 2 ** 20)
      throw new Error(`offset ${name} is not plausible`);
    return offset;
  };
  return {
    version,
    runtime: { interpretersHead: at('runtime_state.interpreters_head') },
    interpreter: {
      next: at('interpreter_state.next'),
      threadsHead: at('interpreter_state.threads_head'),
      gil: { within: 'interpreter', offset: at('interpreter_state.ceval_gil') },
    },
    thread: {
      next: at('thread_state.next'),
      interpreter: at('thread_state.interp'),
      nativeId: at('thread_state.native_thread_id'),
      dataStackChunk: at('thread_state.datastack_chunk'),
      frame: at('thread_state.current_frame'),
      cframe: undefined,
    },
    frame: {
      code: at('interpreter_frame.executable'),
      previous: at('interpreter_frame.previous'),
      instruction: at('interpreter_frame.instr_ptr'),
      localsPlus: at('interpreter_frame.localsplus'),
      owner: at('interpreter_frame.owner'),
      entry: undefined,
      stack: told.has('interpreter_frame.stackpointer')
        ? { kind: 'pointer', offset: at('interpreter_frame.stackpointer') }
        : { kind: 'index', offset: UNTOLD_3_13.stacktop },
    },
    code: {
      // Not told: the `int` before the number of arguments, in every version.
      flags: at('code_object.argcount') - 4,
      firstLine: at('code_object.firstlineno'),
      fileName: at('code_object.filename'),
      name: at('code_object.name'),
      qualifiedName: at('code_object.qualname'),
      lineTable: at('code_object.linetable'),
      bytecode: at('code_object.co_code_adaptive'),
    },
    text: {
      length: at('unicode_object.length'),
      state: at('unicode_object.state'),
      asciiSize: at('unicode_object.asciiobject_size'),
      compactSize: at('unicode_object.asciiobject_size') + COMPACT_EXTRA,
    },
    generator: {
      ...(told.has('gen_object.gi_iframe')
        ? { frame: at('gen_object.gi_iframe'), state: at('gen_object.gi_frame_state') }
        : { frame: UNTOLD_3_13.generatorFrame, state: UNTOLD_3_13.generatorState }),
      suspended: minor < 15 ? SUSPENDED_BEFORE_3_15 : SUSPENDED,
    },
    tasksAreLinked: minor >= 14,
  };
}

function readSections(bytes: Buffer, sections: readonly DebugSection[]): Map<string, number> {
  const told = new Map<string, number>();
  let at = 24;
  for (const [section, fields] of sections) {
    for (const field of fields) {
      told.set(`${section}.${field}`, Number(bytes.readBigUInt64LE(at)));
      at += 8;
    }
  }
  return told;
}
