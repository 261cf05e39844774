import { expect, it } from 'vitest';
import { HotSpots } from '../../../kernel/languages/node/inside/hot-spots.ts';
import { SeenCalls, type Look } from '../../../kernel/languages/node/inside/look.ts';
import { ProfileTree } from '../../../kernel/languages/node/inside/profile-tree.ts';
import type { CallFrame, V8Profile } from '../../../kernel/languages/node/inside/v8-profile.ts';
import { MOST_MOMENTS } from '../../../kernel/sampling/moments.ts';
import { CELL, scriptsOf } from './cell-tree.ts';

/** The cell's own lines are the script's, which tslab wraps in a function. */
const CODE = `(async function() { let sum = 0;
for (let i = 0; i < 1e8; i++) sum += i;
for (let i = 0; i < 1e8; i++) sum -= i;
text.split(',');
await later;
})()`;

const frame = (functionName: string, url: string, lineNumber = -1): CallFrame => ({
  functionName,
  scriptId: url === '' ? '0' : '7',
  url,
  lineNumber,
  columnNumber: lineNumber < 0 ? -1 : 1,
});
const ROOT = frame('(root)', '');
const IDLE = frame('(idle)', '');
const TOP = frame('', CELL, 0);
const SPLIT = frame('split', '');
const COLLECTOR = frame('(garbage collector)', '');
const [MODULE_ID, SPLIT_ID, IDLE_ID, COLLECTOR_ID] = [2, 3, 4, 5];

/** One chunk: a sample each millisecond. */
function chunk(
  startMs: number,
  samples: readonly number[],
  ticks: Record<number, number>,
): V8Profile {
  const positionTicks = Object.entries(ticks).map(([line, seen]) => ({
    line: Number(line),
    ticks: seen,
  }));
  return {
    nodes: [
      { id: 1, callFrame: ROOT, children: [MODULE_ID, IDLE_ID, COLLECTOR_ID] },
      { id: MODULE_ID, callFrame: TOP, children: [SPLIT_ID], positionTicks },
      { id: SPLIT_ID, callFrame: SPLIT },
      { id: IDLE_ID, callFrame: IDLE },
      { id: COLLECTOR_ID, callFrame: COLLECTOR },
    ],
    startTime: startMs * 1000,
    endTime: (startMs + samples.length) * 1000,
    samples,
    timeDeltas: samples.map(() => 1000),
  };
}

const look = (atMs: number, line: number): Look => ({
  atUs: atMs * 1000,
  frames: [['', CELL, line]],
  resources: [],
});

/** Adds chunks to a profile that began at 0. */
function profile() {
  const scripts = scriptsOf({ [CELL]: CODE });
  const tree = new ProfileTree();
  const awaiting = { function: '<module>', file: CELL, line: 5, firstLine: 1 };
  const spots = new HotSpots({
    scripts,
    calls: new SeenCalls(0),
    siteOf: id => (id === 9 ? awaiting : undefined),
  });
  const add = (one: V8Profile, looks: readonly Look[], pending: readonly number[] = []): void => {
    const meanwhile = { chain: pending, own: [] };
    const { passages } = tree.add(
      one,
      one.startTime,
      one.endTime,
      () => meanwhile,
      us => us,
      () => 0,
    );
    spots.add(passages, looks, one.startTime);
  };
  /** @returns the line at a time; undefined: none of the user's. */
  const lineAt = (tMs: number): number | undefined => {
    const { places, moments } = spots.seen();
    const [most] = (moments.find(({ untilMs }) => tMs < untilMs)?.nodes ?? []).toSorted(
      (a, b) => b.samples - a.samples,
    );
    return places[most?.node ?? 0]?.line;
  };
  return { add, lineAt, spots };
}

const times = (count: number, id: number): number[] => Array.from({ length: count }, () => id);

it("tells lines of one function apart by the looks, where V8's chunk only has their sum", () => {
  const { add, lineAt } = profile();
  const looks = [20, 60, 110, 160, 190].map(t => look(t, t < 100 ? 2 : 3));
  add(chunk(0, times(200, MODULE_ID), { 2: 95, 3: 105 }), looks);
  expect([10, 55, 125, 195].map(lineAt)).toEqual([2, 2, 3, 3]);
});

it('takes the line that V8 saw most when no look agrees with V8', () => {
  const { add, lineAt } = profile();
  add(chunk(0, times(100, MODULE_ID), { 2: 30, 3: 70 }), [look(50, 4)]);
  expect([10, 90].map(lineAt)).toEqual([3, 3]);
});

it('counts the engine for the line that called it, waiting for the await, and the collector for its cause', () => {
  const { add, lineAt } = profile();
  add(
    chunk(0, [...times(50, SPLIT_ID), ...times(50, COLLECTOR_ID), ...times(100, IDLE_ID)], {}),
    [],
    [9],
  );
  expect([25, 75, 125, 195].map(lineAt)).toEqual([4, 4, 5, 5]);
});

it('has no line where nothing of the cell ran', () => {
  const { add, lineAt } = profile();
  add(chunk(0, times(30, IDLE_ID), {}), []);
  expect(lineAt(10)).toBeUndefined();
});

it('stays small however long the cell runs', () => {
  const { add, lineAt, spots } = profile();
  const chunks = 300;
  for (let index = 0; index < chunks; index++)
    add(chunk(index * 1000, times(1000, MODULE_ID), { [index < chunks / 2 ? 2 : 3]: 1000 }), []);
  const { moments, places } = spots.seen();
  expect(moments.length).toBeLessThanOrEqual(MOST_MOMENTS);
  expect(places.length).toBeLessThanOrEqual(3);
  expect([50_000, 250_000].map(lineAt)).toEqual([2, 3]);
});
