/** What the agent inside the kernel must tell before its stacks can be read from outside. */
import * as z from 'zod';

/** User addresses lie below 2^47 on x86-64 and below 2^52 on arm64: a number holds them exactly. */
const AddressSchema = z
  .number()
  .int()
  .positive()
  .max(2 ** 52);

/** Gathered in the kernel with ctypes; every address is that of the kernel's process. */
export const PythonTargetSchema = z.object({
  implementation: z.literal('cpython'),
  /** `sys.version_info[:3]`. */
  version: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  /** `platform.machine()`. */
  machine: z.string(),
  /** `struct.calcsize('P')`. */
  pointerBytes: z.number().int(),
  /** `sysconfig.get_config_var('Py_GIL_DISABLED')`, as a boolean. */
  freeThreaded: z.boolean(),
  /** `hasattr(sys, 'gettotalrefcount')`: such builds lay out every object differently. */
  debugBuild: z.boolean().default(false),
  /** Address of `_PyRuntime`: `ctypes.addressof(ctypes.c_char.in_dll(ctypes.pythonapi, '_PyRuntime'))`. */
  runtime: AddressSchema,
  /** `ctypes.pythonapi.PyThreadState_Get()` on the thread that runs cells. */
  mainThreadState: AddressSchema,
  /** `threading.get_native_id()` on that thread. */
  nativeThreadId: z.number().int().positive(),
  /** `id(types.CodeType)`. */
  codeType: AddressSchema,
  /** Which files hold the user's own code; the same prefixes as the resolver's. */
  code: z
    .object({
      /** Cells are compiled under names that begin with one of these. */
      cellPrefixes: z.array(z.string()),
      /** Files under these belong to libraries. */
      libraryPrefixes: z.array(z.string()),
    })
    .default({ cellPrefixes: [], libraryPrefixes: [] }),
  /** Absent: time in `await` is the event loop's and no line's. */
  asyncio: z
    .object({
      /** `id(...)` of the `set` inside the `WeakSet` of all tasks, see `tasks.ts`. */
      tasks: AddressSchema,
      /** `id(asyncio.current_task())` and the `id` of its coroutine: they tell where a task keeps its coroutine. */
      sampleTask: AddressSchema,
      sampleCoroutine: AddressSchema,
      /** `id(types.CoroutineType)`, `id(types.GeneratorType)`, `id(types.AsyncGeneratorType)`. */
      coroutineType: AddressSchema,
      generatorType: AddressSchema,
      asyncGeneratorType: AddressSchema.optional(),
    })
    .optional(),
});
export type PythonTarget = z.infer<typeof PythonTargetSchema>;
export type AsyncioTarget = NonNullable<PythonTarget['asyncio']>;
