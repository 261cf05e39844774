import { expect, it } from 'vitest';
import { InlinedTime } from '../../../kernel/languages/node/inside/inlined.ts';
import type { TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { CELL, scriptsOf, treeNode, type LineUs } from './cell-tree.ts';

const CODE = `(async function() {
function best(rows) {
  let found = rows[0];
  for (const row of rows) found = warmer(
    found, row);
  return rows.map(row => {
    return row.celsius;
  });
}
function warmer(a, b) {
  return a.celsius > b.celsius ? a : b;
}
best(rows);
})()`;
const EARLIER = 'cell[0].ts';
const EARLIER_CODE = `(async function() {
${'\n'.repeat(20)}function timed(work) {
  return work();
}
})()`;

const scripts = scriptsOf({ [CELL]: CODE, [EARLIER]: EARLIER_CODE });

/** A function that is defined on a line, counted from 1. */
function node(
  functionName: string,
  url: string,
  line: number,
  own: LineUs = {},
  children: readonly TreeNode[] = [],
): TreeNode {
  const text = (url === CELL ? CODE : EARLIER_CODE).split('\n')[line - 1] ?? '';
  // As V8 does: where the parameters begin.
  const columnNumber = Math.max(1, line === 6 ? text.indexOf('row =>') : text.indexOf('('));
  const call = { functionName, scriptId: url, url, lineNumber: line - 1, columnNumber };
  return treeNode(call, own, children);
}
const script = scripts.place(node('best', CELL, 2).call).script;
if (!script) throw new Error('the script is not known');
const inlined = (): InlinedTime => new InlinedTime(({ call }) => scripts.place(call));
const moved = (to: TreeNode, time: InlinedTime): [number, number][] =>
  time.movedTo(to).map(({ line, us }) => [line, us]);

it('gives the time on a line of another function to that function', () => {
  const warmer = node('warmer', CELL, 10, { 11: 5 });
  const best = node('best', CELL, 2, { 3: 10, 4: 20, 11: 300 }, [warmer]);
  const time = inlined();
  expect(time.staysAt(best, script).lines).toEqual([
    [3, 10],
    [4, 20],
  ]);
  expect(moved(warmer, time)).toEqual([[11, 300]]);
  expect(time.movedTo(warmer)[0]?.countedAt).toBe(best);
});

it('also to one inside it, but for the line that both share', () => {
  const arrow = node('', CELL, 6);
  const best = node('best', CELL, 2, { 6: 10, 7: 40 }, [arrow]);
  const time = inlined();
  expect(time.staysAt(best, script).lines).toEqual([[6, 10]]);
  expect(moved(arrow, time)).toEqual([[7, 40]]);
});

it('also to one of another script, and to one that was called from further inside', () => {
  const timed = node('timed', EARLIER, 22);
  const warmer = node('warmer', CELL, 10, {}, [timed]);
  const best = node('best', CELL, 2, { 23: 70 }, [warmer]);
  const time = inlined();
  expect(time.staysAt(best, script).lines).toEqual([]);
  expect(moved(timed, time)).toEqual([[23, 70]]);
});

it('leaves the time where it is when no function below fits, or two do', () => {
  const alone = node('best', CELL, 2, { 11: 300 });
  expect(inlined().staysAt(alone, script).lines).toEqual([[11, 300]]);
  const twice = [node('warmer', CELL, 10), node('warmer', CELL, 10)];
  const unsure = node('best', CELL, 2, { 11: 300 }, twice);
  expect(inlined().staysAt(unsure, script).lines).toEqual([[11, 300]]);
});

it('tells time of Node’s own functions apart: on lines that the script does not have', () => {
  const best = node('best', CELL, 2, { 4: 20, 139: 30, 530: 12 });
  expect(inlined().staysAt(best, script)).toEqual({ lines: [[4, 20]], ofNodeUs: 42 });
});
