/** What a profile tells of each line, with the parts put together that belong to one. */
import { OFF_CPU_CAUSES } from '../../../src/profile/causes.ts';
import type { Cell, Line, OffCpu, OffCpuCause, Share } from '../../../src/profile/index.ts';
import { shareOf } from '../../../src/profile/units.ts';

export interface LineUse {
  /** Null where the cell itself ran its line; else the execution count of the one that did. */
  readonly ranBy: number | null;
  readonly function: string;
  /** Of the time of the cell that ran it. */
  readonly share: Share;
  /** The same, of the time while the line waited for what it called. */
  readonly totalShare: Share;
  readonly selfMs: number;
  readonly totalMs: number;
  /** Longest first. */
  readonly waits: readonly { readonly cause: OffCpuCause; readonly ms: number }[];
  readonly waitMs: number;
  readonly rssGrowthBytes: number;
  readonly samples: number;
  /** Longest first. */
  readonly callees: readonly { readonly name: string; readonly ms: number }[];
}

/** A line of some cell that a profile tells of. */
export interface RanLine {
  /** Of the cell in which it stands. */
  readonly executionCount: number;
  readonly line: number;
  readonly text: string | undefined;
  readonly use: LineUse;
}

/** Figures never change: a long notebook asks for those of all its cells whenever one ends. */
const known = new WeakMap<Cell, readonly RanLine[]>();

export function linesOf(profile: Cell): readonly RanLine[] {
  const before = known.get(profile);
  if (before) return before;
  // One line can stand in a profile more than once: in a comprehension and around it.
  const places = new Map<string, Line[]>();
  for (const line of profile.lines) {
    if ('file' in line.source || line.totalMs <= 0) continue;
    const key = `${line.source.executionCount}:${line.source.line}`;
    places.set(key, [...(places.get(key) ?? []), line]);
  }
  const sampledMs = sampledTime(profile);
  const ran = [...places.values()].flatMap((lines): RanLine[] => {
    const [first] = lines;
    if (!first || 'file' in first.source) return [];
    const { executionCount, line } = first.source;
    const ranBy = executionCount === profile.executionCount ? null : profile.executionCount;
    return [{ executionCount, line, text: first.text, use: toUse(lines, sampledMs, ranBy) }];
  });
  known.set(profile, ran);
  return ran;
}

/** All time sampled in the user's code: what `share` is a share of. */
function sampledTime({ lines, wallTimeMs }: Cell): number {
  const hottest = lines.reduce<Line | null>(
    (most, line) => (line.selfMs > (most?.selfMs ?? 0) ? line : most),
    null,
  );
  return hottest && hottest.share > 0 ? hottest.selfMs / hottest.share : wallTimeMs;
}

function toUse(lines: readonly Line[], sampledMs: number, ranBy: number | null): LineUse {
  const sum = (figure: (line: Line) => number): number =>
    lines.reduce((total, line) => total + figure(line), 0);
  const selfMs = sum(line => line.selfMs);
  const totalMs = Math.max(selfMs, ...lines.map(line => line.totalMs));
  const waits = waitsOf(lines.map(line => line.offCpuMs));
  const callees = new Map<string, number>();
  for (const { name, ms } of lines.flatMap(line => line.callees ?? []))
    callees.set(name, (callees.get(name) ?? 0) + ms);
  const [hottest] = [...lines].sort((a, b) => b.selfMs - a.selfMs);
  return {
    ranBy,
    function: hottest?.function ?? '',
    share: shareOf(selfMs, sampledMs),
    totalShare: shareOf(totalMs, sampledMs),
    selfMs,
    totalMs,
    waits,
    waitMs: waits.reduce((total, { ms }) => total + ms, 0),
    rssGrowthBytes: sum(line => line.rssGrowthBytes),
    samples: sum(line => line.samples),
    callees: [...callees].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms),
  };
}

const waitsOf = (waits: readonly OffCpu[]): LineUse['waits'] =>
  OFF_CPU_CAUSES.map(cause => ({ cause, ms: waits.reduce((sum, wait) => sum + wait[cause], 0) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
