/**
 * CPython 3.11, checked on 3.11.2 and 3.11.7.
 *
 * Source: `offsetof` over `Include/internal/pycore_{runtime,interp,frame}.h`, `Include/cpython/{pystate,code,
 * unicodeobject,genobject}.h` of 3.11.7. Architectures: x86-64 and arm64 Linux; both are LP64 with natural alignment,
 * and no field below lies behind one whose size differs between them (`pthread_mutex_t`, `jmp_buf`).
 */
import type { Layout } from './layout.ts';

export const CPYTHON_3_11: Layout = {
  version: '3.11',
  runtime: { interpretersHead: 40 },
  interpreter: { next: 0, threadsHead: 16, gil: { within: 'runtime', offset: 360 } },
  thread: {
    next: 8,
    interpreter: 16,
    nativeId: 160,
    dataStackChunk: 296,
    frame: 56,
    cframe: 8,
  },
  frame: {
    code: 32,
    previous: 48,
    instruction: 56,
    localsPlus: 72,
    owner: 69,
    entry: 68,
    stack: { kind: 'index', offset: 64 },
  },
  code: {
    flags: 48,
    firstLine: 72,
    fileName: 112,
    name: 120,
    qualifiedName: 128,
    lineTable: 136,
    bytecode: 184,
  },
  text: { length: 16, state: 32, asciiSize: 48, compactSize: 72 },
  generator: { frame: 80, state: 75, suspended: { created: -2, last: -1 } },
  tasksAreLinked: false,
};
