/** One cell's lines before and after a change. Lines are the same when their code is: numbers move when code is edited. */
import type { Cell, ComparedWith, Line } from '../profile/index.ts';

export interface LineChange {
  /** Tells lines apart; no text for people. */
  readonly key: string;
  readonly text: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Part of the time that is gone; null for a line that took none before. */
  readonly improvement: number | null;
}

export type ComparedLine = Pick<Line, 'text' | 'function' | 'selfMs' | 'samples'>;

/** Of the larger time: two runs of the same code differ by as much. */
const NOISE_SHARE = 0.1;
/** Of the cell's time: less does not explain anything. */
const WORTH_TELLING_SHARE = 0.01;
/** Samples fall by chance: n of them stand for n ± sqrt(n), and two such errors are what chance seldom makes. */
const SAMPLING_ERRORS = 2;

interface LineTimes {
  readonly text: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly beforeSamples: number;
  readonly afterSamples: number;
}

/** What differs by more than noise, the largest change first. Without stacks in both runs there is nothing to compare. */
export function compareLines(before: Cell | ComparedWith, after: Cell): readonly LineChange[] {
  if (before.lines.length === 0 || after.lines.length === 0) return [];
  const times = new Map<string, LineTimes>();
  const add = (lines: readonly ComparedLine[], side: 'before' | 'after'): void => {
    for (const line of lines) {
      const text = line.text?.trim() ?? `in ${line.function}`;
      const key = JSON.stringify([text, line.function]);
      const known = times.get(key) ?? { text, ...NO_TIME };
      times.set(key, {
        ...known,
        [`${side}Ms`]: known[`${side}Ms`] + line.selfMs,
        [`${side}Samples`]: known[`${side}Samples`] + line.samples,
      });
    }
  };
  add(before.lines, 'before');
  add(after.lines, 'after');
  const leastMs = WORTH_TELLING_SHARE * Math.max(before.wallTimeMs, after.wallTimeMs);
  return [...times]
    .filter(([, line]) => differenceOf(line) >= Math.max(leastMs, noiseOf(line)))
    .sort(([, a], [, b]) => differenceOf(b) - differenceOf(a))
    .map(([key, { text, beforeMs, afterMs }]) => ({
      key,
      text,
      beforeMs,
      afterMs,
      improvement: beforeMs > 0 ? 1 - afterMs / beforeMs : null,
    }));
}

const NO_TIME = { beforeMs: 0, afterMs: 0, beforeSamples: 0, afterSamples: 0 } as const;

const differenceOf = ({ beforeMs, afterMs }: LineTimes) => Math.abs(afterMs - beforeMs);

function noiseOf({ beforeMs, afterMs, beforeSamples, afterSamples }: LineTimes): number {
  const error = (ms: number, samples: number) => (samples > 0 ? ms / Math.sqrt(samples) : 0);
  const chance = Math.hypot(error(beforeMs, beforeSamples), error(afterMs, afterSamples));
  return Math.max(SAMPLING_ERRORS * chance, NOISE_SHARE * Math.max(beforeMs, afterMs));
}
