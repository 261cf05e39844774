/** What the agent saw of statements and files, in the profile's terms. */
import type { Cell, FileIo, Source } from '../../../src/profile/index.ts';
import { ms } from '../../../src/profile/units.ts';
import type { CellDetail } from '../adapter.ts';
import type { FrameResolver } from '../attribution/index.ts';
import type { AgentEvidence, AgentPlace } from './agent-data.ts';

const MOST_FILES = 100;

export function evidenceOf(
  evidence: AgentEvidence,
  resolver: FrameResolver,
): Pick<CellDetail, 'containers' | 'queries' | 'requests' | 'tracingNote'> {
  const { containers, notes } = evidence;
  const placed = <T extends { readonly place?: AgentPlace | undefined }>({ place, ...rest }: T) => {
    const source = place && sourceOf(place, resolver);
    return { ...rest, ...(source && { source }) };
  };
  return {
    containers,
    queries: evidence.statements.map(placed),
    requests: evidence.requests.map(placed),
    ...(notes.length > 0 && { tracingNote: notes.join(' ') }),
  };
}

/** Files by path: what samples saw waiting, and what the agent saw opened. */
export function withOpens(
  waits: Cell['io']['files'],
  opened: AgentEvidence['opens'],
  resolver: FrameResolver,
): Cell['io']['files'] {
  const files = new Map<string, FileIo>(waits.map(file => [file.path, file]));
  for (const { path, opens, writeOpens, places, sizeBytes } of opened) {
    const sources = distinct(places.flatMap(place => sourceOf(place, resolver) ?? []));
    files.set(path, {
      path,
      waitMs: ms(0),
      ...files.get(path),
      opens,
      ...(sources.length > 0 && { sources }),
      writeOpens,
      ...(sizeBytes !== undefined && { sizeBytes }),
    });
  }
  return [...files.values()]
    .sort((a, b) => b.waitMs - a.waitMs || (b.opens ?? 0) - (a.opens ?? 0))
    .slice(0, MOST_FILES);
}

/** @returns undefined for a line that is not the user's. */
export function sourceOf([file, line]: AgentPlace, resolver: FrameResolver): Source | undefined {
  const origin = resolver.origin(file);
  const source =
    origin.kind === 'cell'
      ? { executionCount: origin.executionCount, line: line + origin.lineOffset }
      : origin.kind === 'file'
        ? { file: origin.file, line }
        : undefined;
  return source && source.line >= 1 ? source : undefined;
}

function distinct(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map(source => [JSON.stringify(source), source])).values()];
}
