/**
 * Waits for locks and for places in pools, by the line that waited, with the lines inside the same lock that other
 * threads were on meanwhile. Which lock it was no sample tells; that two lines stand in a `with` of the same words does.
 */
import type { LockWait, Source } from '../../../src/profile/index.ts';
import { ms } from '../../../src/profile/units.ts';
import type { LockRound, StackPlace, StackResult } from '../../sampling/stacks.ts';
import { enclosingHeaders, isAcquiring } from './lock-text.ts';
import { framesOf } from './paths.ts';
import { keyOf, type ResolvedFrame } from './resolved-frames.ts';

const MOST_WAITS = 20;
const MOST_HOLDERS = 5;
/** Shorter is the cost of any lock. */
const LEAST_MS = 5;
/** Threads are looked at one after the other, so a handover shows one waiter too many for a moment. */
const LEAST_SHARE_AT_ONCE = 0.05;
/** Frames of libraries below the user's line that end in the taking of a lock; `Event.wait`, `Thread.join` do not. */
const TAKES_LOCK = /(^|[ .])(acquire|__enter__|_acquire_restore)$/;
const SEMAPHORE = /Semaphore\.(acquire|__enter__)$/;
/** What a pool is asked for a place by. */
const POOL = /pool/i;
const ASKS_POOL = /(^|[ .])_?(do_)?(get|get_?conn|get_connection|acquire|checkout|borrow|connect)$/;
/** Their pools hold workers: who waits there waits for a result. */
const WORKERS = /^(concurrent|multiprocessing|joblib) |ThreadPool|ProcessPool/;

type TextOf = (source: Source) => string | undefined;

interface Wait {
  readonly kind: LockWait['kind'];
  readonly source: Source;
  readonly function: string;
}

interface Sum extends Wait {
  /** The `with` line itself; undefined where the lock is taken in another way. */
  readonly header: string | undefined;
  waitMs: number;
  /** Time by how many waited. */
  readonly msByWaiters: Map<number, number>;
  readonly held: Map<string, { readonly source: Source; ms: number }>;
}

/** Longest first. */
export function findLockWaits(
  stacks: StackResult,
  rounds: readonly LockRound[],
  resolved: readonly ResolvedFrame[],
  text: TextOf,
): LockWait[] {
  const sums = new Map<string, Sum>();
  const stackAt = remembered(String, ([group, node]: StackPlace): readonly ResolvedFrame[] => {
    const of = stacks.groups[group];
    const leaf = of?.nodes[node];
    return of && leaf ? framesOf(of, leaf, resolved) : [];
  });
  const headersOf = remembered(keyOf, source => enclosingHeaders(source, text));
  for (const round of rounds) {
    const others = round.others.map(stackAt);
    const waiting = round.waiting.map(stackAt).map(stack => {
      const wait = waitOf(stack, text);
      return { stack, sum: wait && sumOf(wait, sums, text) };
    });
    for (const sum of new Set(waiting.flatMap(one => one.sum ?? []))) {
      const waiters = waiting.filter(one => one.sum === sum).length;
      sum.waitMs += round.ms * waiters;
      sum.msByWaiters.set(waiters, (sum.msByWaiters.get(waiters) ?? 0) + round.ms);
      // Who waits elsewhere may hold this lock.
      const elsewhere = waiting.flatMap(one => (one.sum === sum ? [] : [one.stack]));
      if (sum.kind === 'lock') addHolders(sum, [...others, ...elsewhere], round.ms, headersOf);
    }
  }
  return [...sums.values()]
    .filter(sum => sum.waitMs >= LEAST_MS)
    .sort((a, b) => b.waitMs - a.waitMs)
    .slice(0, MOST_WAITS)
    .map(({ kind, source, waitMs, msByWaiters, held }) => ({
      kind,
      source,
      waitMs: ms(waitMs),
      waiters: mostAtOnce(msByWaiters),
      heldAt: [...held.values()]
        .sort((a, b) => b.ms - a.ms)
        .slice(0, MOST_HOLDERS)
        .map(holder => holder.source),
    }));
}

function mostAtOnce(msByWaiters: ReadonlyMap<number, number>): number {
  const counts = [...msByWaiters].sort(([a], [b]) => b - a);
  const wholeMs = counts.reduce((sum, [, roundMs]) => sum + roundMs, 0);
  let soFarMs = 0;
  for (const [waiters, roundMs] of counts) {
    soFarMs += roundMs;
    if (soFarMs >= wholeMs * LEAST_SHARE_AT_ONCE) return waiters;
  }
  return 1;
}

/** @returns undefined for a wait that is for something else, such as a result or an event. */
function waitOf(stack: readonly ResolvedFrame[], text: TextOf): Wait | undefined {
  const at = stack.findLastIndex(frame => frame.isUsers);
  const frame = stack[at];
  if (!frame?.line) return undefined;
  const below = stack.slice(at + 1);
  const wait = (kind: Wait['kind']): Wait => ({
    kind,
    source: frame.line as Source,
    function: frame.functionKey,
  });
  const leaf = below.at(-1);
  if (isPool([frame, ...below])) return wait('pool');
  if (leaf === undefined) return isAcquiring(text(frame.line)) ? wait('lock') : undefined;
  return TAKES_LOCK.test(leaf.name) || below.some(one => SEMAPHORE.test(one.name))
    ? wait('lock')
    : undefined;
}

/** @param frames the user's innermost, and what it called. */
function isPool(frames: readonly ResolvedFrame[]): boolean {
  if (frames.some(frame => WORKERS.test(frame.name))) return false;
  return frames.some(frame => POOL.test(frame.name) && ASKS_POOL.test(frame.name));
}

function sumOf(wait: Wait, sums: Map<string, Sum>, text: TextOf): Sum {
  const key = `${wait.kind} ${keyOf(wait.source)}`;
  let sum = sums.get(key);
  if (!sum) {
    const line = text(wait.source)?.trim();
    const header = line?.startsWith('with ') ? line : undefined;
    sum = { ...wait, header, waitMs: 0, msByWaiters: new Map(), held: new Map() };
    sums.set(key, sum);
  }
  return sum;
}

function addHolders(
  sum: Sum,
  stacks: readonly (readonly ResolvedFrame[])[],
  roundMs: number,
  headersOf: (line: Source) => readonly string[],
): void {
  for (const stack of stacks) {
    const holder = stack.findLast(
      frame => frame.isUsers && frame.line && isInside(frame, frame.line, sum, headersOf),
    );
    if (!holder?.line) continue;
    const key = keyOf(holder.line);
    const known = sum.held.get(key);
    if (known) known.ms += roundMs;
    else sum.held.set(key, { source: holder.line, ms: roundMs });
  }
}

/** Whether a line stands in the body of a `with` of the same words, or below an `acquire()` in the same function. */
function isInside(
  frame: ResolvedFrame,
  line: Source,
  { header, source, function: own }: Sum,
  headersOf: (line: Source) => readonly string[],
): boolean {
  if (header !== undefined) return headersOf(line).includes(header);
  return frame.functionKey === own && line.line > source.line;
}

function remembered<K, V>(keyFor: (of: K) => string, find: (of: K) => V): (of: K) => V {
  const found = new Map<string, V>();
  return of => {
    const key = keyFor(of);
    let value = found.get(key);
    if (value === undefined) {
      value = find(of);
      found.set(key, value);
    }
    return value;
  };
}
