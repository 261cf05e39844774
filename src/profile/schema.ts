/**
 * The profile: what `*.pyperf.json` holds and what an output of type `application/vnd.pyperf.v1+json` carries.
 *
 * This file is the format's only definition. Types are inferred from it, the JSON Schema beside it is
 * generated from it, and every boundary (file, message, worker) parses with it once and then trusts.
 * Change it only together with `SCHEMA_VERSION` and a step in `upgrade.ts`, unless a field is added as optional.
 */
import * as z from 'zod';
import {
  ByteDeltaSchema,
  BytesSchema,
  MillisecondsSchema,
  ShareSchema,
  TimestampSchema,
} from './unit-schemas.ts';
import { SCHEMA_VERSION } from './version.ts';

export { PROFILE_MIME_TYPE, SCHEMA_VERSION } from './version.ts';

/** Times are stored to the microsecond: two that are equal may differ by this much once summed and rounded. */
const ROUNDING_MS = 0.002;

/**
 * Where a line of code stands: in a cell, named by the execution count that a user sees in `[6]`, or in a file.
 * Lines count from 1; line 1 of a cell is the first line that the user typed, a `%%pyperf` line included.
 */
export const CellSourceSchema = z.object({
  executionCount: z.number().int().nonnegative(),
  line: z.number().int().positive(),
});
export const FileSourceSchema = z.object({ file: z.string(), line: z.number().int().positive() });
export const SourceSchema = z.union([CellSourceSchema, FileSourceSchema]).meta({ id: 'Source' });
export type Source = z.infer<typeof SourceSchema>;

/**
 * Time not spent on a CPU, by what the thread was waiting for.
 * `wait` is waiting for I/O readiness (poll, epoll, select) with no single file to blame.
 */
export const OffCpuSchema = z
  .object({
    disk: MillisecondsSchema,
    network: MillisecondsSchema,
    lock: MillisecondsSchema,
    sleep: MillisecondsSchema,
    wait: MillisecondsSchema,
    other: MillisecondsSchema,
  })
  .meta({ id: 'OffCpu' });
export type OffCpu = z.infer<typeof OffCpuSchema>;
export { OFF_CPU_CAUSES, type OffCpuCause } from './causes.ts';

/**
 * One time axis for all of a cell's measurements, at most 500 points whatever its length.
 * Every array has the length of `tMs`. A point stands for the interval that ends at it:
 * `rssBytes` is that interval's maximum, the rates are its means, so that no peak is lost by downsampling.
 */
export const SeriesSchema = z
  .object({
    /** Milliseconds since the cell's start. Ascending. */
    tMs: z.array(MillisecondsSchema).max(500),
    rssBytes: z.array(BytesSchema),
    /** Cores in use: 1 is one full core. */
    cpuCores: z.array(z.number().nonnegative()),
    readBytesPerSecond: z.array(z.number().nonnegative()),
    writeBytesPerSecond: z.array(z.number().nonnegative()),
  })
  .refine(
    series =>
      [
        series.rssBytes,
        series.cpuCores,
        series.readBytesPerSecond,
        series.writeBytesPerSecond,
      ].every(values => values.length === series.tMs.length),
    { message: 'every series has as many points as tMs' },
  );
export type Series = z.infer<typeof SeriesSchema>;

/** How a figure was come by; the report says it beside the figure. */
export const MemoryMethodSchema = z.enum(['hwm', 'rss', 'trace', 'heap', 'unavailable']);
export type MemoryMethod = z.infer<typeof MemoryMethodSchema>;

export const MemorySchema = z
  .object({
    /** Sum over the kernel and its descendants; pages that processes share count in each. */
    startRssBytes: BytesSchema,
    endRssBytes: BytesSchema,
    peakRssBytes: BytesSchema,
    /** `hwm`: the operating system's own exact mark. `rss`: the greatest sample, a lower bound. */
    peakMethod: MemoryMethodSchema,
    /** No points where memory was not followed over time. */
    series: SeriesSchema,
    note: z.string().optional(),
  })
  .refine(memory => memory.peakRssBytes >= Math.max(memory.startRssBytes, memory.endRssBytes), {
    message: 'peakRssBytes is at least startRssBytes and endRssBytes',
  });
export type Memory = z.infer<typeof MemorySchema>;

export const FileIoSchema = z.object({
  path: z.string(),
  readBytes: BytesSchema.optional(),
  writeBytes: BytesSchema.optional(),
  /** Time that samples saw a thread waiting in a call on this file. */
  waitMs: MillisecondsSchema,
  /** How often the cell opened it, and the user's lines that did. */
  opens: z.number().int().positive().optional(),
  sources: z.array(SourceSchema).optional(),
  /** Of the opens, those that could write. */
  writeOpens: z.number().int().nonnegative().optional(),
  /** The file's size when the cell ended; what was read of it may be less. */
  sizeBytes: BytesSchema.optional(),
});
export type FileIo = z.infer<typeof FileIoSchema>;

export const IoSchema = z.object({
  /** Bytes that the program asked for or handed over (`rchar`, `wchar`): page cache and sockets included. */
  readBytes: BytesSchema,
  writeBytes: BytesSchema,
  /** Bytes that reached, or came from, storage. */
  storageReadBytes: BytesSchema,
  storageWriteBytes: BytesSchema,
  files: z.array(FileIoSchema),
  /** Why figures are missing. With a note, four zeros mean `not measured`. */
  note: z.string().optional(),
});
export type Io = z.infer<typeof IoSchema>;

/** Time inside a library's frames, told at the user's line that called them. */
export const CalleeSchema = z.object({
  /** `pandas DataFrame.merge`: the package, then the qualified name. */
  name: z.string(),
  ms: MillisecondsSchema,
});

export const LineSchema = z
  .object({
    source: SourceSchema,
    /** The line's text as it was when it ran; absent when it cannot be read. */
    text: z.string().optional(),
    /** Qualified name of the enclosing function; `<module>` at a cell's or file's top level. */
    function: z.string(),
    /** Time while this was the innermost line of the user's own code, library calls it made included. */
    selfMs: MillisecondsSchema,
    /** Time while this line was anywhere on the stack; a recursive line counts once. */
    totalMs: MillisecondsSchema,
    /** `selfMs` of all time that was sampled in the user's own code, threads and processes together. */
    share: ShareSchema,
    /** The part of `selfMs` that was off the CPU, by cause. */
    offCpuMs: OffCpuSchema,
    /** Growth of resident memory while this was the innermost line. Freed and reused memory does not show. */
    rssGrowthBytes: ByteDeltaSchema,
    /** Exact Python allocations still alive at the end, with `--memory trace`. */
    tracedBytes: ByteDeltaSchema.optional(),
    samples: z.number().int().nonnegative(),
    callees: z.array(CalleeSchema).optional(),
  })
  .refine(line => line.totalMs >= line.selfMs - ROUNDING_MS, {
    message: 'totalMs is at least selfMs',
  });
export type Line = z.infer<typeof LineSchema>;

/** The line that was seen most often in each moment. Neighbours of one line are one moment. */
export const HotLinesSchema = z
  .object({
    /** The moments' ends, milliseconds since the cell's start. Ascending. */
    untilMs: z.array(MillisecondsSchema).max(120),
    /** Indices into the cell's `lines`; -1: none of them. */
    lines: z.array(z.number().int().min(-1)),
  })
  .refine(({ untilMs, lines }) => untilMs.length === lines.length, {
    message: 'every moment has a line',
  });
export type HotLines = z.infer<typeof HotLinesSchema>;

/** A node of the call tree, parents before children: what a flame graph draws. */
export const FunctionSchema = z
  .object({
    /** Qualified name, with the package for a library's. */
    name: z.string(),
    /** Where the function is defined; absent for the roots and for native functions. */
    source: SourceSchema.optional(),
    /** `cell` and `file` are the user's own code. */
    origin: z.enum(['cell', 'file', 'library', 'runtime']),
    /** Index of the caller in this array; -1 for a root. */
    parent: z.number().int().min(-1),
    selfMs: MillisecondsSchema,
    totalMs: MillisecondsSchema,
    /** The part of `selfMs` that was off the CPU. */
    offCpuMs: MillisecondsSchema,
  })
  .refine(node => node.totalMs >= node.selfMs - ROUNDING_MS, {
    message: 'totalMs is at least selfMs',
  });
export type FunctionNode = z.infer<typeof FunctionSchema>;

export const VariableSchema = z.object({
  name: z.string(),
  type: z.string(),
  /** `1000 × 14`, `3 items`: what the type calls its size. */
  shape: z.string().optional(),
  /** Deep size; a buffer that several names share is counted at the first and named at the others. */
  sizeBytes: BytesSchema,
  /** Growth during the cell; absent when the name is new and the growth is its whole size. */
  growthBytes: ByteDeltaSchema.optional(),
  sharedWith: z.string().optional(),
  /** The time budget ended inside it: the size is a lower bound. */
  partial: z.boolean().optional(),
});
export type Variable = z.infer<typeof VariableSchema>;

/** A container that the user's objects hold, by the way to it: what grew while the cell ran. */
export const ContainerSchema = z.object({
  /** As the user would write it: `RiskCalculator.historical_data_cache`, `pool.connections`. */
  path: z.string(),
  type: z.string(),
  items: z.number().int().nonnegative(),
  itemsGrowth: z.number().int(),
  /** Of what was added, estimated from a few items where there are many. */
  growthBytes: ByteDeltaSchema,
  /** There was none at this place before the cell: all of it counts as growth. */
  created: z.boolean().optional(),
});
export type Container = z.infer<typeof ContainerSchema>;

/** What the database itself says of a `SELECT` (`EXPLAIN`). */
export const QueryPlanSchema = z.object({
  /** Its own words, a line a step. */
  text: z.string(),
  /** Tables read from end to end for few of their rows, with the columns that the statement looks for. */
  scans: z.array(
    z.object({
      table: z.string(),
      columns: z.array(z.string()),
      /** Of the table, as far as the database knows. */
      rows: z.number().nonnegative().optional(),
      /** The statement that would save the scan. */
      createIndex: z.string().optional(),
    }),
  ),
});
export type QueryPlan = z.infer<typeof QueryPlanSchema>;

/** Statements of one shape (literals replaced), sent from one line. */
export const QuerySchema = z.object({
  /** `sqlite`, `postgresql`: what answered it. */
  system: z.string(),
  statement: z.string(),
  count: z.number().int().positive(),
  totalMs: MillisecondsSchema,
  maxMs: MillisecondsSchema.optional(),
  source: SourceSchema.optional(),
  /** The HTTP route that was being served meanwhile. */
  route: z.string().optional(),
  plan: QueryPlanSchema.optional(),
});
export type Query = z.infer<typeof QuerySchema>;

/** HTTP requests of one method and route, served by the kernel or sent from one line. */
export const RequestSchema = z.object({
  role: z.enum(['server', 'client']),
  method: z.string(),
  /** `/api/users/{id}/activity`; for a client with the host before it, and numbers replaced. */
  route: z.string(),
  count: z.number().int().positive(),
  errors: z.number().int().nonnegative(),
  totalMs: MillisecondsSchema,
  p95Ms: MillisecondsSchema,
  maxMs: MillisecondsSchema,
  /** Of `totalMs`, the time in database statements. */
  queryMs: MillisecondsSchema.optional(),
  queries: z.number().int().nonnegative().optional(),
  /** How it behaves with more callers at once: requests that began while this many were under way, themselves included. */
  byCallers: z
    .array(
      z.object({
        callers: z.number().int().positive(),
        count: z.number().int().positive(),
        meanMs: MillisecondsSchema,
      }),
    )
    .optional(),
  source: SourceSchema.optional(),
});
export type Request = z.infer<typeof RequestSchema>;

/** Threads that waited for a lock or for a place in a pool. */
export const LockWaitSchema = z.object({
  kind: z.enum(['lock', 'pool']),
  /** The line that waited. */
  source: SourceSchema,
  /** Summed over threads. */
  waitMs: MillisecondsSchema,
  /** The most threads that waited at once. */
  waiters: z.number().int().positive(),
  /** Lines that other threads were on meanwhile, inside the same lock, the most frequent first. */
  heldAt: z.array(SourceSchema),
});
export type LockWait = z.infer<typeof LockWaitSchema>;

export const ProcessSchema = z.object({
  pid: z.number().int().positive(),
  parentPid: z.number().int().nonnegative(),
  name: z.string(),
  cpuMs: MillisecondsSchema,
  peakRssBytes: BytesSchema,
  /** Absent when the process was still alive at the end of the cell. */
  exited: z.boolean().optional(),
});
export type Process = z.infer<typeof ProcessSchema>;

export const SamplingMethodSchema = z.enum(['out-of-process', 'in-process', 'v8', 'none']);

export const SamplingSchema = z.object({
  method: SamplingMethodSchema,
  /** Mean interval between samples; 0 when the method is `none`. */
  intervalMs: MillisecondsSchema,
  samples: z.number().int().nonnegative(),
  /** Samples taken but not used: torn stacks that did not validate, vanished threads. */
  dropped: z.number().int().nonnegative(),
  /** Why this method, and what is missing, in words. */
  note: z.string().optional(),
});
export type Sampling = z.infer<typeof SamplingSchema>;

const figure = <T extends z.ZodType>(unit: T) => z.object({ median: unit, low: unit, high: unit });

/** How far a figure goes up and down from run to run of the same code. */
export const SpreadSchema = z
  .object({
    runs: z.number().int().min(2),
    /** That `low` to `high` holds the median which endless runs would have: see `src/analysis/spread.ts`. */
    confidence: ShareSchema,
    wallTimeMs: figure(MillisecondsSchema).optional(),
    cpuMs: figure(MillisecondsSchema).optional(),
    cpuCores: figure(z.number().nonnegative()).optional(),
    peakRssBytes: figure(BytesSchema).optional(),
    readBytes: figure(BytesSchema).optional(),
    writeBytes: figure(BytesSchema).optional(),
    queryCount: figure(z.number().nonnegative()).optional(),
    queryMs: figure(MillisecondsSchema).optional(),
    responseMs: figure(MillisecondsSchema).optional(),
    slowestP95Ms: figure(MillisecondsSchema).optional(),
  })
  .meta({ id: 'Spread' });
export type Spread = z.infer<typeof SpreadSchema>;

/** What is left, in a cell, of the earlier run that it was compared with (`--compare`). */
export const ComparedWithSchema = z.object({
  /** As the user named it: a label, a date, a file. */
  name: z.string(),
  startedAt: TimestampSchema,
  /** The code was the same, character by character. */
  sameCode: z.boolean(),
  /** What was measured then; a figure that was not is absent. */
  wallTimeMs: MillisecondsSchema,
  cpuMs: MillisecondsSchema.optional(),
  cpuCores: z.number().nonnegative().optional(),
  peakRssBytes: BytesSchema.optional(),
  readBytes: BytesSchema.optional(),
  writeBytes: BytesSchema.optional(),
  queryCount: z.number().nonnegative().optional(),
  queryMs: MillisecondsSchema.optional(),
  responseMs: MillisecondsSchema.optional(),
  slowestP95Ms: MillisecondsSchema.optional(),
  spread: SpreadSchema.optional(),
  /** The hottest. */
  lines: z.array(
    z.object({
      text: z.string().optional(),
      function: z.string(),
      selfMs: MillisecondsSchema,
      samples: z.number().int().nonnegative(),
    }),
  ),
});
export type ComparedWith = z.infer<typeof ComparedWithSchema>;

/** `running` is a cell that was looked at before its end: its figures are those so far. */
export const CellStatusSchema = z.enum(['ok', 'error', 'aborted', 'died', 'running']);

export const CellSchema = z.object({
  /** The notebook's cell id; null from clients that send none. */
  cellId: z.string().nullable(),
  /** The cell's place in the run, counted from 0; the place in the notebook when a runner knows it. */
  index: z.number().int().nonnegative(),
  executionCount: z.number().int().nonnegative().nullable(),
  /** The user's own name for it, `--label`. What to show when there is none: `src/analysis/labels.ts`. */
  label: z.string().optional(),
  /** The text of the nearest Markdown heading above, where a runner knows the notebook. */
  heading: z.string().optional(),
  source: z.string(),
  status: CellStatusSchema,
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  startedAt: TimestampSchema,
  /** From the request's arrival at the hook to the cell's start. */
  queuedMs: MillisecondsSchema,
  wallTimeMs: MillisecondsSchema,
  /** `agent`: exact, told by the kernel's own hooks. `messages`: from the dates of the kernel's messages. */
  timeMethod: z.enum(['agent', 'messages']),
  /** The kernel and all its descendants. */
  cpuUserMs: MillisecondsSchema,
  cpuSystemMs: MillisecondsSchema,
  /** Off-CPU time of the cell's main thread. `null` when stacks were not sampled. */
  offCpuMs: OffCpuSchema.nullable(),
  /** Time the cell's main thread was ready to run but had no core. */
  runQueueMs: MillisecondsSchema.optional(),
  /** Time the cell's main thread waited for the GIL, where the version tells. */
  gilWaitMs: MillisecondsSchema.optional(),
  memory: MemorySchema,
  io: IoSchema,
  lines: z.array(LineSchema),
  /** Which line the main thread was on, moment by moment; absent where the sampler does not tell. */
  hotLines: HotLinesSchema.optional(),
  functions: z.array(FunctionSchema).refine(nodes => nodes.every((node, i) => node.parent < i), {
    message: 'every parent stands before its children',
  }),
  variables: z.array(VariableSchema),
  /** Containers that grew, largest growth first. */
  containers: z.array(ContainerSchema).optional(),
  queries: z.array(QuerySchema),
  requests: z.array(RequestSchema).optional(),
  lockWaits: z.array(LockWaitSchema).optional(),
  /** Why statements and requests are missing, or what of them. */
  tracingNote: z.string().optional(),
  processes: z.array(ProcessSchema),
  /** Where the notebook ran several times (`--repeat`): this cell is that of the median run. */
  spread: SpreadSchema.optional(),
  comparedWith: ComparedWithSchema.optional(),
  sampling: SamplingSchema,
});
export type Cell = z.infer<typeof CellSchema>;
export type CellStatus = z.infer<typeof CellStatusSchema>;

export const FindingSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  title: z.string(),
  advice: z.string(),
  /** Code that follows the advice, in the user's own names. */
  example: z.string().optional(),
  /** Where the advice is explained. */
  docsUrl: z.url().optional(),
  where: z.array(SourceSchema),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  savesMs: MillisecondsSchema.optional(),
  savesBytes: BytesSchema.optional(),
});
export type Finding = z.infer<typeof FindingSchema>;

export const EnvironmentSchema = z.object({
  /** `Linux 6.1.0 x64`. */
  os: z.string(),
  /** Cores that this process may use: the cgroup's quota or the affinity mask, whichever is less. */
  cpuCount: z.number().positive(),
  /** The container's limit, else the machine's memory. */
  memoryLimitBytes: BytesSchema,
  memoryLimitSource: z.enum(['cgroup', 'machine']),
  pyperfVersion: z.string(),
  nodeVersion: z.string(),
  /** What could not be measured on this machine, a sentence each. */
  notes: z.array(z.string()),
});
export type Environment = z.infer<typeof EnvironmentSchema>;

export const NotebookSchema = z.object({
  /** As the user named it; null when the hook does not know. */
  path: z.string().nullable(),
  kernelName: z.string(),
  language: z.string(),
  languageVersion: z.string(),
});

export const ProfileSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  notebook: NotebookSchema,
  startedAt: TimestampSchema,
  environment: EnvironmentSchema,
  /** In the order in which they ran. */
  cells: z.array(CellSchema),
  /** Of the run as a whole, where it ran several times. */
  spread: SpreadSchema.optional(),
  findings: z.array(FindingSchema),
});
export type Profile = z.infer<typeof ProfileSchema>;
