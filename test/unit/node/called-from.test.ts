import { expect, it } from 'vitest';
import { calledFrom, ranFrom } from '../../../kernel/languages/node/inside/called-from.ts';
import type { LookFrame, SeenCalls } from '../../../kernel/languages/node/inside/look.ts';
import type { TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { CELL, scriptsOf, seenCalls, treeNode, type LineUs } from './cell-tree.ts';

/** As tslab runs a cell: names that it exports go through a proxy. */
const CODE = `(async function() {
Object.defineProperty(exports, 'turns', { value: 0 });
while (now() < first)
  exports.turns++;
while (now() < second)
  exports.turns++;
rows.sort(
  (a, b) => a - b);
})()`;
const [FIRST, SECOND, SORT] = [3, 5, 7];
/** Where tslab's wrapper ends: no line of the user's. */
const WRAPPER = 9;

const scripts = scriptsOf({ [CELL]: CODE }, [WRAPPER]);

const node = (functionName: string, url: string, own: LineUs | number): TreeNode =>
  treeNode(
    url === CELL
      ? { functionName, scriptId: url, url, lineNumber: 0, columnNumber: 15 }
      : { functionName, scriptId: url, url, lineNumber: 135, columnNumber: 1 },
    own,
  );
const at = (line: number): LookFrame[] => [['', CELL, line]];
const inside = (name: string, script: string, line: number): LookFrame[] => [
  [name, script, 1],
  ['', CELL, line],
];

const cell = node('', CELL, { [FIRST]: 900, [SECOND]: 100 });
const { script } = scripts.place(cell.call);
if (!script) throw new Error('the script is not known');
const PERFORMANCE = 'node:internal/perf/performance';
const lines = (callee: TreeNode, calls: SeenCalls): Record<number, number> =>
  Object.fromEntries(calledFrom(script, cell, callee, scripts.place(callee.call), calls).parts);

it('knows the line of a call that stands in the text once', () => {
  expect(lines(node('sort', '', 5000), seenCalls(at(FIRST)))).toEqual({ [SORT]: 1 });
});

it('believes looks that saw a call where the text has none: a proxy’s trap', () => {
  const trap = node('defineProperty', 'tslab/executor.js', 2000);
  const calls = seenCalls(
    inside('defineProperty', 'tslab/executor.js', 4),
    inside('defineProperty', 'tslab/executor.js', 6),
  );
  expect(lines(trap, calls)).toEqual({ 4: 0.5, 6: 0.5 });
});

it('shares the time of calls too short to be met as the looks at the caller’s lines', () => {
  const now = node('now', PERFORMANCE, 8000);
  const calls = seenCalls(
    ...Array.from({ length: 4 }, () => at(FIRST)),
    inside('now', PERFORMANCE, FIRST),
    ...Array.from({ length: 5 }, () => at(SECOND)),
  );
  const { [FIRST]: first = 0, [SECOND]: second = 0 } = lines(now, calls);
  expect(first + second).toBeCloseTo(1);
  // One of eight milliseconds was met.
  expect(first).toBeCloseTo((1 + 7 / 2) / 8);
});

it('takes calls as they were met where all of them were', () => {
  const now = node('now', PERFORMANCE, 3000);
  const calls = seenCalls(
    ...[FIRST, FIRST, FIRST, SECOND].map(line => inside('now', PERFORMANCE, line)),
    ...Array.from({ length: 9 }, () => at(SECOND)),
  );
  expect(lines(now, calls)).toEqual({ [FIRST]: 0.75, [SECOND]: 0.25 });
});

it('falls back on the caller’s own time, and then on nothing', () => {
  const now = node('now', PERFORMANCE, 8000);
  expect(lines(now, seenCalls())).toEqual({ [FIRST]: 0.9, [SECOND]: 0.1 });
  const unseen = node('', CELL, 0);
  expect(calledFrom(script, unseen, now, scripts.place(now.call), seenCalls()).parts).toEqual([
    [0, 1],
  ]);
});

it('gives what Node inlined to the lines that the function was seen on, none of the wrapper’s', () => {
  const calls = seenCalls(at(FIRST), at(SECOND), at(WRAPPER), at(SECOND), at(SECOND));
  expect(ranFrom(script, cell, calls)).toEqual([
    [FIRST, 0.25],
    [SECOND, 0.75],
  ]);
});
