/**
 * CPython 3.12, checked on 3.12.1.
 *
 * Source: `offsetof` over `Include/internal/pycore_{runtime,interp,frame}.h`, `Include/cpython/{pystate,code,
 * unicodeobject,genobject}.h` of 3.12.1. Architectures: x86-64 and arm64 Linux; both are LP64 with natural alignment,
 * and no field below lies behind one whose size differs between them (`pthread_mutex_t`, `jmp_buf`).
 */
import type { Layout } from './layout.ts';

export const CPYTHON_3_12: Layout = {
  version: '3.12',
  runtime: { interpretersHead: 40 },
  interpreter: { next: 0, threadsHead: 72, gil: { within: 'interpreter', offset: 384 } },
  thread: {
    next: 8,
    interpreter: 16,
    nativeId: 144,
    dataStackChunk: 232,
    frame: 56,
    cframe: 0,
  },
  frame: {
    code: 0,
    previous: 8,
    instruction: 56,
    localsPlus: 72,
    owner: 70,
    entry: undefined,
    stack: { kind: 'index', offset: 64 },
  },
  code: {
    flags: 48,
    firstLine: 68,
    fileName: 112,
    name: 120,
    qualifiedName: 128,
    lineTable: 136,
    bytecode: 192,
  },
  text: { length: 16, state: 32, asciiSize: 40, compactSize: 56 },
  generator: { frame: 72, state: 67, suspended: { created: -3, last: -1 } },
  tasksAreLinked: false,
};
