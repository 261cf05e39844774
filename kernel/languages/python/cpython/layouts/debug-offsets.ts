/**
 * CPython 3.13 and later describe themselves: `_PyRuntime` begins with a `_Py_DebugOffsets`, all of whose fields are
 * 64-bit integers, in the order of `Include/internal/pycore_debug_offsets.h`. The same on every architecture.
 */
import type { Layout } from './layout.ts';

export const DEBUG_COOKIE = 'xdebugpy';
/** Enough for the fields that we read, in every known version. */
export const DEBUG_OFFSETS_BYTES = 1024;

type Section = readonly [name: string, fields: readonly string[]];

const OBJECT_SECTIONS: readonly Section[] = [
  ['pyobject', ['size', 'ob_type']],
  ['type_object', ['size', 'tp_name', 'tp_repr', 'tp_flags']],
  ['tuple_object', ['size', 'ob_item', 'ob_size']],
  ['list_object', ['size', 'ob_item', 'ob_size']],
];
const NUMBER_SECTIONS: readonly Section[] = [
  ['dict_object', ['size', 'ma_keys', 'ma_values']],
  ['float_object', ['size', 'ob_fval']],
  ['long_object', ['size', 'lv_tag', 'ob_digit']],
  ['bytes_object', ['size', 'ob_size', 'ob_sval']],
  ['unicode_object', ['size', 'state', 'length', 'asciiobject_size']],
  ['gc', ['size', 'collecting']],
];
const RUNTIME: Section = ['runtime_state', ['size', 'finalizing', 'interpreters_head']];
const THREAD: Section = [
  'thread_state',
  [
    'size',
    'prev',
    'next',
    'interp',
    'current_frame',
    'thread_id',
    'native_thread_id',
    'datastack_chunk',
    'status',
  ],
];
const GIL_FIELDS = [
  'ceval_gil',
  'gil_runtime_state',
  'gil_runtime_state_enabled',
  'gil_runtime_state_locked',
  'gil_runtime_state_holder',
];
const CODE_FIELDS = [
  'size',
  'filename',
  'name',
  'qualname',
  'linetable',
  'firstlineno',
  'argcount',
  'localsplusnames',
  'localspluskinds',
  'co_code_adaptive',
];
const FRAME_FIELDS = ['size', 'previous', 'executable', 'instr_ptr', 'localsplus', 'owner'];
const MODULE_FIELDS = ['imports_modules', 'sysdict', 'builtins'];

const SECTIONS_3_13: readonly Section[] = [
  RUNTIME,
  [
    'interpreter_state',
    ['size', 'id', 'next', 'threads_head', 'gc', ...MODULE_FIELDS, ...GIL_FIELDS],
  ],
  THREAD,
  ['interpreter_frame', FRAME_FIELDS],
  ['code_object', CODE_FIELDS],
  ...OBJECT_SECTIONS,
  ...NUMBER_SECTIONS,
];
const SECTIONS_3_14: readonly Section[] = [
  RUNTIME,
  [
    'interpreter_state',
    [
      ...['size', 'id', 'next', 'threads_head', 'threads_main', 'gc'],
      ...MODULE_FIELDS,
      ...GIL_FIELDS,
      ...['code_object_generation', 'tlbc_generation'],
    ],
  ],
  THREAD,
  ['interpreter_frame', [...FRAME_FIELDS, 'stackpointer', 'tlbc_index']],
  ['code_object', [...CODE_FIELDS, 'co_tlbc']],
  ...OBJECT_SECTIONS,
  ['set_object', ['size', 'used', 'table', 'mask']],
  ...NUMBER_SECTIONS,
  ['gen_object', ['size', 'gi_name', 'gi_iframe', 'gi_frame_state']],
];

/** What 3.13 does not tell: `offsetof` over its headers, x86-64 and arm64 (LP64), checked on 3.13.0. */
const UNTOLD_3_13 = { stacktop: 64, generatorFrame: 72, generatorState: 67 };
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
  const told = readSections(bytes, minor >= 14 ? SECTIONS_3_14 : SECTIONS_3_13);
  const at = (name: string): number => {
    const offset = told.get(name);
    if (offset === undefined || offset > 2 ** 20)
      throw new Error(`offset ${name} is not plausible`);
    return offset;
  };
  return {
    version: `${major}.${minor}`,
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
    generator: told.has('gen_object.gi_iframe')
      ? { frame: at('gen_object.gi_iframe'), state: at('gen_object.gi_frame_state') }
      : { frame: UNTOLD_3_13.generatorFrame, state: UNTOLD_3_13.generatorState },
  };
}

function readSections(bytes: Buffer, sections: readonly Section[]): Map<string, number> {
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
