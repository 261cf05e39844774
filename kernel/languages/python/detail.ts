/** A profiled cell's lines, functions and variables, from the stacks that were read and what the agent sent. */
import { readFileSync, statSync } from 'node:fs';
import type { Line, Sampling, Variable } from '../../../src/profile/index.ts';
import { byteDelta, ms, share } from '../../../src/profile/units.ts';
import type { StackResult } from '../../sampling/stacks.ts';
import type { JsonObject } from '../../wire/message.ts';
import type { CellDetail } from '../adapter.ts';
import { attribute, type FrameResolver } from '../attribution/index.ts';
import { evidenceOf, sourceOf, withOpens } from './evidence.ts';
import {
  AgentEvidenceSchema,
  AgentStacksSchema,
  AgentTraceSchema,
  AgentVariablesSchema,
  toStackResult,
  type AgentTrace,
} from './agent-data.ts';

/** Larger files are no code that somebody wrote. */
const LARGEST_SOURCE_BYTES = 5e6;

export interface Seen {
  /** From outside; absent when the agent sampled, or nobody. */
  readonly stacks: StackResult | undefined;
  /** The agent's `pyperf_cell`; empty when none came. */
  readonly told: JsonObject;
  readonly resolver: FrameResolver;
  /** Why the agent sampled in the place of the worker. */
  readonly whyInside: string | undefined;
}

export function detailOf({ stacks, told, resolver, whyInside }: Seen): CellDetail {
  const notes = failuresOf(told);
  const check = <T>(key: string, parse: (value: unknown) => T): T | undefined => {
    if (told[key] === undefined) return undefined;
    try {
      return parse(told[key]);
    } catch {
      notes.push(`What the agent sent of the ${key} could not be read.`);
      return undefined;
    }
  };
  const variables: readonly Variable[] =
    check('variables', v => AgentVariablesSchema.parse(v)) ?? [];
  const trace = check('trace', value => AgentTraceSchema.parse(value));
  const evidence = check('evidence', value => AgentEvidenceSchema.parse(value));
  const inside = check('stacks', value => toStackResult(AgentStacksSchema.parse(value)));
  const sampled = stacks ?? inside;
  const attribution = sampled && attribute(sampled, resolver);
  if (trace) notes.push(trace.note);
  if (inside && whyInside !== undefined)
    notes.push(`Stacks were sampled by a thread inside the kernel: ${whyInside}.`);
  const lines = attribution?.lines ?? [];
  return {
    offCpuMs: attribution?.offCpuMs ?? null,
    ...(attribution?.gilWaitMs !== undefined && { gilWaitMs: attribution.gilWaitMs }),
    lines: trace ? withTraced(lines, trace, resolver) : lines,
    ...(attribution?.hotLines && { hotLines: attribution.hotLines }),
    functions: attribution?.functions ?? [],
    variables,
    ...(attribution?.lockWaits && { lockWaits: [...attribution.lockWaits] }),
    ...(evidence && evidenceOf(evidence, resolver)),
    files: withOpens(attribution?.files ?? [], evidence?.opens ?? [], resolver),
    sampling: samplingOf(sampled, stacks ? 'out-of-process' : 'in-process', notes),
  };
}

function samplingOf(
  sampled: StackResult | undefined,
  method: Sampling['method'],
  notes: readonly string[],
): Sampling {
  const note = [...(sampled?.notes ?? []), ...notes].join(' ');
  return {
    method: sampled ? method : 'none',
    intervalMs: sampled?.intervalMs ?? ms(0),
    samples: sampled?.samples ?? 0,
    dropped: sampled?.dropped ?? 0,
    ...(note !== '' && { note }),
  };
}

/** Puts exact allocations beside the times of the user's lines; lines that took no time are added. */
function withTraced(
  lines: readonly Line[],
  trace: AgentTrace,
  resolver: FrameResolver,
): readonly Line[] {
  const key = (source: Line['source']): string => JSON.stringify(source);
  const bytesOf = new Map<string, { source: Line['source']; bytes: number }>();
  for (const { file, line, bytes } of trace.lines) {
    const source = sourceOf([file, line], resolver);
    if (!source) continue;
    const sum = bytesOf.get(key(source))?.bytes ?? 0;
    bytesOf.set(key(source), { source, bytes: sum + bytes });
  }
  const known = lines.map(line => {
    const traced = bytesOf.get(key(line.source));
    bytesOf.delete(key(line.source));
    return traced ? { ...line, tracedBytes: byteDelta(traced.bytes) } : line;
  });
  return [...known, ...[...bytesOf.values()].map(one => untimed(one.source, one.bytes, resolver))];
}

function untimed(source: Line['source'], bytes: number, resolver: FrameResolver): Line {
  const text = resolver.text(source);
  const none = ms(0);
  return {
    source,
    ...(text !== undefined && { text }),
    function: '',
    selfMs: none,
    totalMs: none,
    share: share(0),
    offCpuMs: { disk: none, network: none, lock: none, sleep: none, wait: none, other: none },
    rssGrowthBytes: byteDelta(0),
    tracedBytes: byteDelta(bytes),
    samples: 0,
  };
}

function failuresOf(told: JsonObject): string[] {
  const failures: unknown = told['failures'];
  if (!Array.isArray(failures)) return [];
  return failures.filter(item => typeof item === 'string').map(text => `Not measured: ${text}.`);
}

/** @returns undefined for what is no readable file of a sensible size. */
export function readSource(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= LARGEST_SOURCE_BYTES
      ? readFileSync(path, 'utf8')
      : undefined;
  } catch {
    return undefined;
  }
}
