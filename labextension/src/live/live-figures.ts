/** What the live view tells of a running cell, from two looks at it. */
import type { Cell, Line, Share } from '../../../src/profile/index.ts';
import { shareOf } from '../../../src/profile/units.ts';

const MOST_HOT_LINES = 3;

export interface LiveFigures {
  readonly elapsedMs: number;
  /** Null when the cell has not run before. */
  readonly previousMs: number | null;
  /** Of the previous duration; null without one. */
  readonly progress: Share | null;
  readonly currentLine: Line | null;
  readonly hottest: readonly Line[];
  /** Null when memory is not measured. */
  readonly memory: { readonly nowBytes: number; readonly growthBytes: number } | null;
  /** Cores in use lately; null when not measured. */
  readonly cores: number | null;
}

/** @param before an earlier look at the same run, or null. */
export function liveFigures(
  now: Cell,
  before: Cell | null,
  previousMs: number | null,
): LiveFigures {
  const lines = now.lines.filter(line => line.selfMs > 0).sort((a, b) => b.selfMs - a.selfMs);
  return {
    elapsedMs: now.wallTimeMs,
    previousMs,
    progress: previousMs === null ? null : shareOf(now.wallTimeMs, previousMs),
    currentLine: currentLine(now, sameRun(now, before) ? before : null),
    hottest: lines.slice(0, MOST_HOT_LINES),
    memory: memoryNow(now),
    cores: now.memory.series.cpuCores.at(-1) ?? null,
  };
}

const sameRun = (now: Cell, before: Cell | null): boolean =>
  before !== null &&
  before.cellId === now.cellId &&
  before.executionCount === now.executionCount &&
  before.wallTimeMs <= now.wallTimeMs;

/** The line that got most of the time since the last look. */
function currentLine(now: Cell, before: Cell | null): Line | null {
  const earlierMs = new Map(before?.lines.map(line => [keyOf(line), line.selfMs]));
  let most = 0;
  let current: Line | null = null;
  for (const line of now.lines) {
    const sinceMs = line.selfMs - (earlierMs.get(keyOf(line)) ?? 0);
    if (sinceMs > most) [most, current] = [sinceMs, line];
  }
  return current;
}

const keyOf = ({ source, function: name }: Line): string => JSON.stringify([source, name]);

function memoryNow({ memory }: Cell): LiveFigures['memory'] {
  if (memory.peakMethod === 'unavailable') return null;
  const nowBytes = memory.series.rssBytes.at(-1) ?? memory.endRssBytes;
  return { nowBytes, growthBytes: nowBytes - memory.startRssBytes };
}
