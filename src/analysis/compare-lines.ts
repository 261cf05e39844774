/** One cell's lines before and after a change. Lines are the same when their code is: numbers move when code is edited. */
import type { Cell, Line } from '../profile/index.ts';

export interface LineChange {
  /** Tells lines apart; no text for people. */
  readonly key: string;
  readonly text: string;
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Of the larger time; sampling alone makes such differences. */
const NOISE_SHARE = 0.1;
/** Of the cell's time: less does not explain anything. */
const WORTH_TELLING_SHARE = 0.01;

/** The largest change first. Without stacks in both runs there is nothing to compare. */
export function compareLines(before: Cell, after: Cell): readonly LineChange[] {
  if (before.lines.length === 0 || after.lines.length === 0) return [];
  const changes = new Map<string, LineChange>();
  const add = (lines: readonly Line[], side: 'beforeMs' | 'afterMs'): void => {
    for (const line of lines) {
      const text = line.text?.trim() ?? `in ${line.function}`;
      const key = JSON.stringify([text, line.function]);
      const known = changes.get(key) ?? { key, text, beforeMs: 0, afterMs: 0 };
      changes.set(key, { ...known, [side]: known[side] + line.selfMs });
    }
  };
  add(before.lines, 'beforeMs');
  add(after.lines, 'afterMs');
  const leastMs = WORTH_TELLING_SHARE * Math.max(before.wallTimeMs, after.wallTimeMs);
  const size = ({ beforeMs, afterMs }: LineChange) => Math.abs(afterMs - beforeMs);
  return [...changes.values()]
    .filter(change => {
      const larger = Math.max(change.beforeMs, change.afterMs);
      return size(change) >= Math.max(leastMs, NOISE_SHARE * larger);
    })
    .sort((a, b) => size(b) - size(a));
}
