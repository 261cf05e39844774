/** How looks become time. */
import { beforeEach, describe, expect, it } from 'vitest';
import { StackTree } from '../../../kernel/languages/python/cpython/stack-tree.ts';
import type { Activity } from '../../../kernel/languages/python/cpython/thread-activity.ts';
import { TimeLedger, type Leaf } from '../../../kernel/languages/python/cpython/time-ledger.ts';
import type { ThreadState } from '../../../kernel/sampling/stacks.ts';

const activity = (state: ThreadState, more: Partial<Activity> = {}): Activity => ({
  state,
  path: undefined,
  gil: false,
  ...more,
});

let tree: StackTree;
let group: { tree: StackTree; gilWaitMs: number };
let ledger: TimeLedger;
/** Nodes 1 and 2 run, 3 sleeps, 4 waits for a file. */
const runs = (node: number): Leaf[] => [{ node, activity: activity('cpu') }];
const sleeps: Leaf[] = [{ node: 3, activity: activity('sleep') }];
const reads: Leaf[] = [{ node: 4, activity: activity('disk', { path: '/data' }) }];

beforeEach(() => {
  tree = new StackTree({ left: 100 });
  for (let frame = 0; frame < 4; frame++) tree.child(0, frame);
  group = { tree, gilWaitMs: 0 };
  ledger = new TimeLedger(group);
});

const time = (node: number, state: ThreadState): number => tree.nodes()[node]?.selfMs[state] ?? NaN;

describe('without exact times', () => {
  it('halves the time between two places', () => {
    ledger.moved(runs(1), 10, -1, false);
    ledger.moved(runs(2), 4, -1, false);
    ledger.flush();
    expect([time(1, 'cpu'), time(2, 'cpu')]).toEqual([12, 2]);
  });

  it('keeps the whole', () => {
    ledger.moved(runs(1), 1, -1, false);
    ledger.moved(sleeps, 2, -1, false);
    ledger.stayed(5);
    ledger.moved(runs(2), 3, -1, false);
    ledger.flush();
    expect(time(1, 'cpu') + time(2, 'cpu') + time(3, 'sleep')).toBeCloseTo(11);
  });
});

describe('with exact times', () => {
  it('divides a span between running and waiting as the system tells', () => {
    ledger.moved(sleeps, 1, 100, false);
    ledger.moved(runs(1), 10, 102, false);
    // The span is 20 ms long; the thread was runnable for 4 of them.
    ledger.moved(sleeps, 10, 104, false);
    expect(time(1, 'cpu')).toBeCloseTo(4);
    expect(time(3, 'sleep')).toBeCloseTo(1 + 16);
  });

  it('gives running that nobody saw to what is seen later', () => {
    ledger.moved(sleeps, 1, 100, false);
    ledger.moved(sleeps, 5, 102, false);
    ledger.moved(runs(1), 5, 103, false);
    ledger.moved(sleeps, 5, 104, false);
    expect(time(1, 'cpu')).toBeCloseTo(4);
    expect(time(3, 'sleep')).toBeCloseTo(1 + 3 + 8);
  });

  it('does not count twice what a result handed out early', () => {
    ledger.moved(sleeps, 1, 100, false);
    ledger.moved(runs(1), 6, 103, false);
    ledger.flush();
    ledger.moved(sleeps, 6, 106, false);
    ledger.flush();
    const whole = time(1, 'cpu') + time(3, 'sleep');
    expect(whole).toBeCloseTo(13, 0);
    expect(time(1, 'cpu')).toBeCloseTo(6, 0);
  });
});

it('tells waits for files and for the interpreter lock apart', () => {
  ledger.moved(reads, 2, -1, false);
  ledger.stayed(3);
  const gil: Leaf[] = [{ node: 1, activity: activity('lock', { gil: true }) }];
  ledger.moved(gil, 0, -1, false);
  ledger.stayed(7);
  expect(tree.nodes()[4]?.fileWaitMs?.['/data']).toBeCloseTo(5);
  expect(group.gilWaitMs).toBeCloseTo(7);
  expect(time(1, 'lock')).toBeCloseTo(7);
});

it('shares one wait among several tasks', () => {
  ledger.moved([...sleeps, { node: 4, activity: activity('wait') }], 8, -1, false);
  ledger.stayed(2);
  expect([time(3, 'sleep'), time(4, 'wait')]).toEqual([5, 5]);
});
