import { describe, expect, it } from 'vitest';
import { attribute } from '../../../kernel/languages/attribution/index.ts';
import { enclosingHeaders, isAcquiring } from '../../../kernel/languages/attribution/lock-text.ts';
import type { LockRound, StackResult } from '../../../kernel/sampling/stacks.ts';
import type { LockWait, Source } from '../../../src/profile/index.ts';
import { drawStacks, resolver } from './ascii-stacks.ts';

const CELL = `
def put(item):
    with lock:
        # a comment
        if item:
            store(item)
    return 1
def take():
    with lock:
        return load()
def plain():
    lock.acquire()
    store(1)
    lock.release()
`
  .trim()
  .split('\n');

const text = (source: Source): string | undefined =>
  'executionCount' in source && source.executionCount === 1 ? CELL[source.line - 1] : undefined;

/** @param stacks one a thread; the last of each is where it stands. */
function waitsOf(
  stacks: readonly string[],
  rounds: readonly { waiting: readonly number[]; others: readonly number[]; ms: number }[],
): readonly LockWait[] | undefined {
  const drawn = drawStacks(stacks.map(stack => ({ kind: 'thread', stacks: `1 lock: ${stack}` })));
  const at = (thread: number): readonly [number, number] => [
    thread,
    (drawn.groups[thread]?.nodes.length ?? 1) - 1,
  ];
  const lockRounds: LockRound[] = rounds.map(round => ({
    waiting: round.waiting.map(at),
    others: round.others.map(at),
    ms: round.ms,
  }));
  const result: StackResult = { ...drawn, lockRounds };
  return attribute(result, { ...resolver, text }).lockWaits;
}

const PUTS = 'bootstrap@run:1 > put@cell1:2/1';
const STORES = 'bootstrap@run:1 > put@cell1:5/1 > store@cell2:3';
const TAKES = 'bootstrap@run:1 > take@cell1:9/7 > load@lib/pandas/x.py:4';

describe('waits for locks', () => {
  it('sums over threads, and names the lines in bodies of the same lock, the longest first', () => {
    const waits = waitsOf(
      [PUTS, PUTS, STORES, TAKES],
      [
        { waiting: [0], others: [3], ms: 30 },
        { waiting: [0, 1], others: [2], ms: 60 },
      ],
    );
    expect(waits).toEqual([
      {
        kind: 'lock',
        source: { executionCount: 1, line: 2 },
        waitMs: 150,
        waiters: 2,
        heldAt: [
          { executionCount: 1, line: 5 },
          { executionCount: 1, line: 9 },
        ],
      },
    ]);
  });

  it('does not take a handover for a waiter more', () => {
    const waits = waitsOf(
      [PUTS, PUTS],
      [
        { waiting: [0], others: [], ms: 99 },
        { waiting: [0, 1], others: [], ms: 1 },
      ],
    );
    expect(waits).toMatchObject([{ waitMs: 101, waiters: 1, heldAt: [] }]);
  });

  it('takes lines below acquire() in the same function for those that hold it', () => {
    const waits = waitsOf(
      ['plain@cell1:11/10', 'plain@cell1:12/10 > store@cell2:3', TAKES],
      [{ waiting: [0], others: [1, 2], ms: 10 }],
    );
    expect(waits).toMatchObject([{ heldAt: [{ executionCount: 1, line: 12 }] }]);
  });

  it.each([
    [
      'an event',
      'put@cell1:5/1 > Event.wait@lib/threading.py:1 > Condition.wait@lib/threading.py:2',
    ],
    ['a queue', 'put@cell1:5/1 > Queue.get@lib/queue.py:1 > Condition.wait@lib/threading.py:2'],
    ['a queue in C', 'put@cell1:5/1'],
    [
      'a result',
      'put@cell1:5/1 > Pool.get@lib/multiprocessing.py:1 > Event.wait@lib/threading.py:2',
    ],
    ['what is no code of the user’s', 'run@lib/threading.py:5'],
  ])('leaves out a wait for %s', (_what, stack) => {
    expect(waitsOf([stack], [{ waiting: [0], others: [], ms: 50 }])).toEqual([]);
  });

  it('knows semaphores and pools', () => {
    const waits = waitsOf(
      [
        'put@cell1:5/1 > Semaphore.acquire@lib/threading.py:1 > Condition.wait@lib/threading.py:2',
        'take@cell1:9/7 > ConnectionPool.getconn@lib/psycopg_pool.py:1 > Condition.wait@lib/threading.py:2',
        'Pool.acquire@cell1:12/10 > Queue.get@lib/queue.py:1 > Condition.wait@lib/threading.py:2',
      ],
      [{ waiting: [0, 1, 2], others: [], ms: 20 }],
    );
    expect(waits?.map(({ kind, source }) => [kind, source.line])).toEqual([
      ['lock', 5],
      ['pool', 9],
      ['pool', 12],
    ]);
  });

  it('says nothing where waits for the interpreter’s lock cannot be told apart', () => {
    const drawn = drawStacks([{ kind: 'thread', stacks: `1 lock: ${PUTS}` }]);
    expect(attribute(drawn, { ...resolver, text }).lockWaits).toBeUndefined();
  });
});

describe('the text of a line', () => {
  it('tells the with statements around it', () => {
    const at = (line: number) => enclosingHeaders({ executionCount: 1, line }, text);
    expect(at(5)).toEqual(['with lock:']);
    expect(at(6)).toEqual([]);
    expect(at(2)).toEqual([]);
    expect(enclosingHeaders({ file: 'a.py', line: 3 }, () => undefined)).toEqual([]);
    expect(enclosingHeaders({ file: 'a.py', line: 1 }, () => 'with lock: total += 1')).toEqual([
      'with lock: total += 1',
    ]);
  });

  it('tells whether it takes a lock', () => {
    expect(
      ['with a:', '  lock.acquire(timeout=1)', 'x = q.get()', undefined].map(isAcquiring),
    ).toEqual([true, true, false, false]);
  });
});
