/**
 * What the agent sends from inside the kernel, checked before anything trusts it: the user's code shares the process
 * and could have changed any of it.
 */
import * as z from 'zod';
import {
  BytesSchema,
  ContainerSchema,
  MillisecondsSchema,
  OFF_CPU_CAUSES,
  QueryPlanSchema,
  RequestSchema,
  VariableSchema,
} from '../../../src/profile/index.ts';
import type { StackResult, ThreadState } from '../../sampling/stacks.ts';

/** From `_measure_variables`. */
export const AgentVariablesSchema = z.array(VariableSchema).max(1_000);

/** A line as Python names it. */
const PlaceSchema = z.tuple([z.string(), z.number().int().nonnegative()]);
export type AgentPlace = z.infer<typeof PlaceSchema>;

/** From `_Evidence.end`. */
export const AgentEvidenceSchema = z.object({
  statements: z
    .array(
      z.object({
        system: z.string(),
        statement: z.string(),
        count: z.number().int().positive(),
        totalMs: MillisecondsSchema,
        maxMs: MillisecondsSchema,
        place: PlaceSchema.optional(),
        route: z.string().optional(),
        plan: QueryPlanSchema.optional(),
      }),
    )
    .max(1_000),
  requests: z
    .array(RequestSchema.omit({ source: true }).extend({ place: PlaceSchema.optional() }))
    .max(1_000),
  opens: z
    .array(
      z.object({
        path: z.string(),
        opens: z.number().int().positive(),
        writeOpens: z.number().int().nonnegative(),
        places: z.array(PlaceSchema),
        sizeBytes: BytesSchema.optional(),
      }),
    )
    .max(1_000),
  containers: z.array(ContainerSchema).max(1_000),
  notes: z.array(z.string()),
});
export type AgentEvidence = z.infer<typeof AgentEvidenceSchema>;

/** From `_TraceMemory.stop`. */
export const AgentTraceSchema = z.object({
  /** Python memory allocated during the cell and still alive at its end, the largest first. */
  lines: z
    .array(
      z.object({
        file: z.string(),
        line: z.number().int().nonnegative(),
        bytes: z.number().int(),
        blocks: z.number().int(),
      }),
    )
    .max(10_000),
  /** Bytes of Python memory at the moment of the most, above those at the start. */
  peakBytes: z.number().int().nonnegative(),
  /** What tracing cost and left out, in words. */
  note: z.string(),
});
export type AgentTrace = z.infer<typeof AgentTraceSchema>;

const states = ['cpu', ...OFF_CPU_CAUSES] as const satisfies readonly ThreadState[];

const StackNodeSchema = z.object({
  parent: z.number().int().min(-1),
  frame: z.number().int().min(-1),
  /** Absent states took no time. */
  selfMs: z.partialRecord(z.enum(states), MillisecondsSchema),
  samples: z.number().int().nonnegative(),
});

/** From `_FallbackSampler.result`: a `StackResult` less the fields that are always empty in it. */
export const AgentStacksSchema = z
  .object({
    frames: z.array(
      z.object({
        function: z.string(),
        file: z.string(),
        line: z.number().int().nonnegative(),
        firstLine: z.number().int().nonnegative(),
      }),
    ),
    groups: z.array(
      z.object({
        kind: z.enum(['main', 'thread']),
        name: z.string(),
        pid: z.number().int().positive(),
        nodes: z.array(StackNodeSchema).min(1),
      }),
    ),
    samples: z.number().int().nonnegative(),
    dropped: z.number().int().nonnegative(),
    intervalMs: MillisecondsSchema,
    notes: z.array(z.string()),
  })
  .refine(
    ({ frames, groups }) =>
      groups.every(({ nodes }) =>
        nodes.every(({ parent, frame }, index) =>
          index === 0
            ? parent === -1 && frame === -1
            : parent >= 0 && parent < index && frame >= 0 && frame < frames.length,
        ),
      ),
    { message: 'a node follows its parent and names a frame; node 0 is the root' },
  );
export type AgentStacks = z.infer<typeof AgentStacksSchema>;

/** The agent's stacks in the form that the samplers outside the process give. */
export function toStackResult(stacks: AgentStacks): StackResult {
  return {
    ...stacks,
    groups: stacks.groups.map(group => ({
      ...group,
      nodes: group.nodes.map(node => ({
        ...node,
        selfMs: {
          cpu: node.selfMs.cpu ?? 0,
          disk: node.selfMs.disk ?? 0,
          network: node.selfMs.network ?? 0,
          lock: node.selfMs.lock ?? 0,
          sleep: node.selfMs.sleep ?? 0,
          wait: node.selfMs.wait ?? 0,
          other: node.selfMs.other ?? 0,
        },
        rssGrowthBytes: 0,
      })),
    })),
  };
}
