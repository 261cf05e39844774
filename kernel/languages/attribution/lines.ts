/** Time and memory by line of the user's own code. */
import type { Line, OffCpu, Source } from '../../../src/profile/index.ts';
import { byteDelta, ms, shareOf } from '../../../src/profile/units.ts';
import { addOffCpu, noOffCpu, type CountedPath } from './paths.ts';
import type { ResolvedFrame } from './resolved-frames.ts';

/** What a profile may hold, chosen so that nothing hot by any measure is left out. */
const MOST_BY_SELF = 180;
const MOST_BY_TOTAL = 80;
const MOST_BY_GROWTH = 40;
const MOST_CALLEES = 8;
/** A callee below this share of its line says nothing. */
const LEAST_CALLEE_SHARE = 0.005;

interface LineSum {
  readonly source: Source;
  readonly function: string;
  selfMs: number;
  totalMs: number;
  readonly offCpuMs: OffCpu;
  rssGrowthBytes: number;
  samples: number;
  readonly callees: Map<string, number>;
}

/** @param text of a line, where it can be read. Hottest first. */
export function attributeLines(
  paths: readonly CountedPath[],
  text: (source: Source) => string | undefined,
): Line[] {
  const sums = new Map<string, LineSum>();
  for (const path of paths) addPath(path, sums);
  // Threads that run a library's code alone work for a line that waits for them: counting both would halve the line.
  const wholeMs = [...sums.values()].reduce((whole, sum) => whole + sum.selfMs, 0);
  return chosen([...sums.values()]).map(sum => toLine(sum, wholeMs, text(sum.source)));
}

function addPath(path: CountedPath, sums: Map<string, LineSum>): void {
  const { frames } = path;
  const innermost = frames.findLastIndex(frame => frame.isUsers);
  const seen = new Set<LineSum>();
  for (let index = innermost; index >= 0; index--) {
    const frame = frames[index];
    if (!frame?.isUsers || !frame.line) continue;
    const sum = sumOf(frame, frame.line, sums);
    if (index === innermost) addSelf(sum, path, frames.slice(index + 1));
    // A recursive line stands on the stack several times, and counts once.
    if (!seen.has(sum)) sum.totalMs += path.selfMs;
    seen.add(sum);
  }
}

function sumOf(frame: ResolvedFrame, source: Source, sums: Map<string, LineSum>): LineSum {
  let sum = sums.get(frame.lineKey);
  if (!sum) {
    sum = {
      source,
      function: frame.name,
      selfMs: 0,
      totalMs: 0,
      offCpuMs: noOffCpu(),
      rssGrowthBytes: 0,
      samples: 0,
      callees: new Map(),
    };
    sums.set(frame.lineKey, sum);
  }
  return sum;
}

/** @param called the frames below the line's own, none of which is the user's. */
function addSelf(sum: LineSum, path: CountedPath, called: readonly ResolvedFrame[]): void {
  sum.selfMs += path.selfMs;
  addOffCpu(sum.offCpuMs, path.offCpuMs);
  sum.rssGrowthBytes += path.rssGrowthBytes;
  sum.samples += path.samples;
  const callee = calleeOf(called);
  if (callee) sum.callees.set(callee.name, (sum.callees.get(callee.name) ?? 0) + path.selfMs);
}

/** What the line calls by name: `DataFrame.aggregate`, not the wrapper that a decorator put around it. */
function calleeOf(called: readonly ResolvedFrame[]): ResolvedFrame | undefined {
  const end = called.findIndex(frame => frame.origin !== 'library');
  const library = end < 0 ? called : called.slice(0, end);
  return library.find(frame => !frame.name.includes('<locals>')) ?? library[0];
}

function chosen(sums: LineSum[]): LineSum[] {
  const best = (count: number, measure: (sum: LineSum) => number): LineSum[] =>
    sums.toSorted((a, b) => measure(b) - measure(a)).slice(0, count);
  const picked = new Set([
    ...best(MOST_BY_SELF, sum => sum.selfMs),
    ...best(MOST_BY_TOTAL, sum => sum.totalMs),
    ...best(MOST_BY_GROWTH, sum => Math.abs(sum.rssGrowthBytes)),
  ]);
  return [...picked].sort((a, b) => b.selfMs - a.selfMs || b.totalMs - a.totalMs);
}

function toLine(sum: LineSum, wholeMs: number, text: string | undefined): Line {
  const callees = [...sum.callees]
    .filter(([, calledMs]) => calledMs >= sum.selfMs * LEAST_CALLEE_SHARE)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_CALLEES)
    .map(([name, calledMs]) => ({ name, ms: ms(calledMs) }));
  return {
    source: sum.source,
    ...(text !== undefined && { text }),
    function: sum.function,
    selfMs: ms(sum.selfMs),
    totalMs: ms(Math.max(sum.totalMs, sum.selfMs)),
    share: shareOf(sum.selfMs, wholeMs),
    offCpuMs: sum.offCpuMs,
    rssGrowthBytes: byteDelta(sum.rssGrowthBytes),
    samples: sum.samples,
    ...(callees.length > 0 && { callees }),
  };
}
