/**
 * What `%load_ext jupyterlab_pyperf` and this process say to each other: one JSON object a line, over a socket pair.
 * The kernel's side (`python/jupyterlab_pyperf/_ipython.py`) asks, and waits for the answer before it goes on.
 */
import * as z from 'zod';

const Content = z.record(z.string(), z.unknown());

export const FromKernelSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), ipythonVersion: z.string(), pythonVersion: z.string() }),
  /** From the agent: `pyperf_hello` once, `pyperf_cell` before the end of a profiled cell. Not answered. */
  z.object({ type: z.literal('published'), cell: z.string(), kind: z.string(), content: Content }),
  /** The agent runs. */
  z.object({ type: z.literal('attached') }),
  /** What a cell's magic wants, before the cell begins. */
  z.object({ type: z.literal('look'), code: z.string() }),
  z.object({
    type: z.literal('begin'),
    cell: z.string(),
    code: z.string(),
    cellId: z.string().nullable(),
  }),
  z.object({
    type: z.literal('end'),
    cell: z.string(),
    error: z.object({ name: z.string(), message: z.string() }).nullable(),
  }),
]);
export type FromKernel = z.infer<typeof FromKernelSchema>;

export type ToKernel =
  | { readonly type: 'agent'; readonly source: string; readonly config: unknown }
  | { readonly type: 'ready'; readonly notes: readonly string[] }
  /** As the hook would put it into the request's metadata, see `agent/core.py`. */
  | { readonly type: 'plan'; readonly plan: Readonly<Record<string, unknown>> }
  /** Messages for under the cell. */
  | { readonly type: 'answers'; readonly answers: readonly unknown[] }
  | { readonly type: 'failed'; readonly reason: string };
