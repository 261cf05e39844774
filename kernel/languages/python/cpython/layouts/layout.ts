/**
 * Where CPython keeps what a sampler needs: byte offsets into its structures.
 *
 * A new version is one file of such data (or, from 3.13 on, what the interpreter itself tells), one line in
 * `find-layout.ts`, and one fixture.
 */
export interface Layout {
  readonly version: string;
  /** `_PyRuntimeState` */
  readonly runtime: { readonly interpretersHead: number };
  /** `PyInterpreterState` */
  readonly interpreter: {
    readonly next: number;
    readonly threadsHead: number;
    /** The state of the GIL: inside `_PyRuntime`, or behind a pointer of the interpreter. */
    readonly gil: { readonly within: 'runtime' | 'interpreter'; readonly offset: number };
  };
  /** `PyThreadState` */
  readonly thread: {
    readonly next: number;
    readonly interpreter: number;
    readonly nativeId: number;
    /** `datastack_chunk`; `datastack_top` follows it in every version. */
    readonly dataStackChunk: number;
    /** Pointer to the current frame, or, with `cframe`, to a structure on the C stack that holds it. */
    readonly frame: number;
    /** Offset of the current frame in `_PyCFrame`; undefined where the thread state holds it itself. */
    readonly cframe: number | undefined;
  };
  /** `_PyInterpreterFrame` */
  readonly frame: {
    readonly code: number;
    readonly previous: number;
    /** 3.11 and 3.12: the last instruction; 3.13 and later: the present one. */
    readonly instruction: number;
    readonly localsPlus: number;
    readonly owner: number;
    /** `is_entry`, 3.11 alone: called from C. Later versions put a frame with an owner of its own in between. */
    readonly entry: number | undefined;
    readonly stack: FrameStack;
  };
  /** `PyCodeObject` */
  readonly code: {
    /** `co_flags`, an `int`. */
    readonly flags: number;
    readonly firstLine: number;
    readonly fileName: number;
    readonly name: number;
    readonly qualifiedName: number;
    readonly lineTable: number;
    /** `co_code_adaptive`: the bytecode begins here, inside the object. */
    readonly bytecode: number;
  };
  /** `PyUnicodeObject`: the sizes are where the characters begin. */
  readonly text: {
    readonly length: number;
    readonly state: number;
    readonly asciiSize: number;
    readonly compactSize: number;
  };
  /** `PyGenObject`, shared by coroutines and asynchronous generators. */
  readonly generator: {
    readonly frame: number;
    readonly state: number;
    /** The values of the state, a signed byte, while it can go on: from not begun to the last of the suspended ones (`enum _framestate`). */
    readonly suspended: { readonly created: number; readonly last: number };
  };
  /** The tasks of `_asyncio` are in lists of its own, and not in a `WeakSet` of `asyncio.tasks`. */
  readonly tasksAreLinked: boolean;
}

/**
 * How a frame tells where its value stack ends.
 * `index`: an `int` (`stacktop`), counted in slots from `localsPlus`; -1 exactly while the frame itself executes, which
 * tells a running frame from one that called another or has returned.
 * `pointer`: an address (`stackpointer`), also set around calls into C.
 */
export interface FrameStack {
  readonly kind: 'index' | 'pointer';
  readonly offset: number;
}

/** `PyObject` and `PyVarObject` without `Py_TRACE_REFS`; unchanged since Python 2. LP64. */
export const OBJECT_TYPE = 8;
export const VAR_SIZE = 16;
export const BYTES_DATA = 32;
/** `_PyStackChunk`: previous, size, top, then the frames. Unchanged since 3.11. */
export const CHUNK_PREVIOUS = 0;
export const CHUNK_SIZE = 8;
/** `PyWeakReference.wr_object`, and the first field of CPython's small wrappers of one object. */
export const FIRST_FIELD = 16;
