/**
 * Which lines of which cells are hot, of all figures of a notebook. A line is hot where it was written, even when another
 * cell ran it: a profile names the cell that defined it by that cell's execution count.
 */
import { OFF_CPU_CAUSES } from '../../../src/profile/causes.ts';
import type { OffCpu, OffCpuCause, Cell, Line, Share } from '../../../src/profile/index.ts';
import { shareOf } from '../../../src/profile/units.ts';

/** What is known of a code cell of the notebook. */
export interface MeasuredCell {
  readonly id: string;
  /** Its text now. */
  readonly source: string;
  /** As its prompt shows. */
  readonly executionCount: number | null;
  readonly profile: Cell | null;
  readonly isStale: boolean;
}

export interface CellHeat {
  /** The text that the line numbers belong to. */
  readonly source: string;
  readonly lines: readonly HeatLine[];
  readonly isStale: boolean;
  readonly isLive: boolean;
}

export interface HeatLine {
  /** From 1. */
  readonly line: number;
  /** By the cell that ran it, hottest first; never empty. */
  readonly uses: readonly LineUse[];
}

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

/** By the id of the cell in which the lines stand; cells without heat are absent. */
export function findHeat(cells: readonly MeasuredCell[]): Map<string, CellHeat> {
  const uses = new Map<string, Map<number, LineUse[]>>();
  for (const runner of cells) {
    if (!runner.profile) continue;
    const sampledMs = sampledTime(runner.profile);
    for (const lines of byPlace(runner.profile.lines)) {
      const [first] = lines;
      const home = first && findHome(first, runner, cells);
      if (!home || !('executionCount' in first.source)) continue;
      const ofHome = uses.get(home.id) ?? new Map<number, LineUse[]>();
      uses.set(home.id, ofHome);
      const ofLine = ofHome.get(first.source.line) ?? [];
      ofHome.set(first.source.line, ofLine);
      ofLine.push(toUse(lines, sampledMs, home === runner ? null : runner.profile.executionCount));
    }
  }
  const heat = new Map<string, CellHeat>();
  for (const cell of cells) {
    const lines = uses.get(cell.id);
    if (!lines) continue;
    heat.set(cell.id, {
      source: cell.profile?.source ?? cell.source,
      lines: [...lines]
        .map(([line, ofLine]) => ({ line, uses: ofLine.sort((a, b) => heatOf(b) - heatOf(a)) }))
        .sort((a, b) => a.line - b.line),
      isStale: cell.isStale,
      isLive: cell.profile?.status === 'running',
    });
  }
  return heat;
}

const heatOf = (use: LineUse): number => use.share + use.totalShare / 1000;

/** One line can stand in a profile more than once: in a comprehension and around it. */
function byPlace(lines: readonly Line[]): Line[][] {
  const places = new Map<string, Line[]>();
  for (const line of lines) {
    if ('file' in line.source || line.totalMs <= 0) continue;
    const key = `${line.source.executionCount}:${line.source.line}`;
    const known = places.get(key);
    if (known) known.push(line);
    else places.set(key, [line]);
  }
  return [...places.values()];
}

/** All time sampled in the user's code: what `share` is a share of. */
function sampledTime({ lines, wallTimeMs }: Cell): number {
  const hottest = lines.reduce<Line | null>(
    (most, line) => (line.selfMs > (most?.selfMs ?? 0) ? line : most),
    null,
  );
  return hottest && hottest.share > 0 ? hottest.selfMs / hottest.share : wallTimeMs;
}

/** The cell in which a line stands; undefined when it is gone, or when its text is another by now. */
function findHome(
  line: Line,
  runner: MeasuredCell,
  cells: readonly MeasuredCell[],
): MeasuredCell | undefined {
  if ('file' in line.source) return undefined;
  const { executionCount, line: number } = line.source;
  if (runner.profile?.executionCount === executionCount) return runner;
  const startedMs = Date.parse(runner.profile?.startedAt ?? '');
  return cells.findLast(({ profile, executionCount: prompt, source }) => {
    // After a restart counts begin anew: the same count then names a cell that ran later, or one with another text.
    if (profile && Date.parse(profile.startedAt) > startedMs) return false;
    if ((profile ? profile.executionCount : prompt) !== executionCount) return false;
    const text = (profile?.source ?? source).split('\n')[number - 1];
    return text !== undefined && line.text !== undefined && text.trim() === line.text.trim();
  });
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
