/** The timing badge in words. Clock times are those of the reader's time zone. */
import { formatBytes, formatMs } from '../../../src/render/format.ts';
import type { TimeFormat } from '../settings/settings.ts';
import type { CellTiming } from './timing.ts';

export interface BadgeWords {
  readonly parts: readonly string[];
  /** What a pointer that rests on the badge is told, and who hears it. */
  readonly detail: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_EARLIER = 5;
/** Less is the way of the message. */
const LEAST_QUEUED_MS = 500;

/** @param earlierMs durations of earlier runs, newest first. */
export function badgeWords(
  timing: CellTiming,
  earlierMs: readonly number[],
  isStale: boolean,
  format: TimeFormat,
  nowMs: number,
): BadgeWords {
  const endedMs = timing.startedMs + timing.durationMs;
  const [previousMs] = earlierMs;
  const parts = [`${statusWord(timing)}${formatMs(timing.durationMs)}`];
  parts.push(format === 'relative' ? ago(endedMs, nowMs) : clock(endedMs, nowMs));
  if (timing.peakRssBytes !== null) parts.push(`peak ${formatBytes(timing.peakRssBytes)}`);
  if (previousMs !== undefined) parts.push(`before ${formatMs(previousMs)}`);
  if (isStale) parts.push('edited since');
  const detail = [`Started ${exact(timing.startedMs)}, finished ${exact(endedMs)}.`];
  if (timing.queuedMs !== null && timing.queuedMs >= LEAST_QUEUED_MS)
    detail.push(`Waited ${formatMs(timing.queuedMs)} before, for other cells or the kernel.`);
  if (earlierMs.length > 0)
    detail.push(
      `Earlier runs, newest first: ${earlierMs.slice(0, MOST_EARLIER).map(formatMs).join(', ')}.`,
    );
  return { parts, detail: detail.join('\n') };
}

/** @param previousMs the last duration, if any. */
export function runningWords(elapsedMs: number, previousMs: number | undefined): BadgeWords {
  const parts = [`running ${formatMs(wholeSeconds(elapsedMs))}`];
  if (previousMs !== undefined) parts.push(`took ${formatMs(previousMs)} the last time`);
  return { parts, detail: '' };
}

const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

function statusWord({ status }: CellTiming): string {
  switch (status) {
    case 'ok':
    case 'running':
      return '';
    case 'error':
      return 'failed after ';
    case 'aborted':
      return 'stopped after ';
    case 'died':
      return 'kernel died after ';
  }
}

function ago(thenMs: number, nowMs: number): string {
  const passedMs = Math.max(0, nowMs - thenMs);
  if (passedMs < MINUTE_MS) return 'just now';
  if (passedMs < HOUR_MS) return `${Math.floor(passedMs / MINUTE_MS)} min ago`;
  if (passedMs < DAY_MS) return `${Math.floor(passedMs / HOUR_MS)} h ago`;
  const days = Math.floor(passedMs / DAY_MS);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** `finished 14:03:12`, with the date where it was another day. */
function clock(thenMs: number, nowMs: number): string {
  const [day, time] = exact(thenMs).split(' ');
  const [today] = exact(nowMs).split(' ');
  return `finished ${day === today ? '' : `${day} `}${time}`;
}

/** `2026-03-02 14:03:12`. */
function exact(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
