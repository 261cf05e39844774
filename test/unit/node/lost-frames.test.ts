import { expect, it } from 'vitest';
import type { LookFrame, SeenCalls } from '../../../kernel/languages/node/inside/look.ts';
import { withLostFrames } from '../../../kernel/languages/node/inside/lost-frames.ts';
import type { TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { CELL, scriptsOf, seenCalls, treeNode, type LineUs } from './cell-tree.ts';

const CODE = `(async function() {
const best = stations.map(warmest);
function warmest(station) {
  return readings.filter(one => one.station === station);
}
})()`;
const [CALL, BODY] = [2, 4];

const scripts = scriptsOf({ [CELL]: CODE });

const node = (functionName: string, line: number, columnNumber: number, own: LineUs): TreeNode =>
  treeNode({ functionName, scriptId: '7', url: CELL, lineNumber: line - 1, columnNumber }, own);

/** A cell of which 160 of 1000 ms count on the line of a call, most of it between samples in what was called. */
function program(): TreeNode {
  const cell = node('', 1, 15, { [CALL]: 160 });
  const warmest = node('warmest', 3, 16, { [BODY]: 800, [BODY - 1]: 40 });
  cell.children.set('warmest', warmest);
  cell.betweenUs.set(warmest, 150);
  return cell;
}

const inCall: LookFrame[] = [
  ['warmest', CELL, BODY],
  ['', CELL, CALL],
];
const six = Array.from({ length: 6 }, () => inCall);
const selfUs = (calls: SeenCalls): [number | undefined, number | undefined] => {
  const cell = withLostFrames(program(), scripts, calls);
  return [cell.selfUs, cell.children.get('warmest')?.selfUs];
};

it('gives such samples back to the function that was called, by its own lines', () => {
  const cell = withLostFrames(program(), scripts, seenCalls(...six));
  const warmest = cell.children.get('warmest');
  expect(cell.lineUs).toEqual(new Map([[CALL, 10]]));
  expect(warmest?.parent).toBe(cell);
  expect(warmest?.selfUs).toBe(990);
  expect((warmest?.lineUs.get(BODY) ?? 0) / 990).toBeCloseTo(800 / 840);
});

it('leaves them where looks found the caller itself: it is a loop', () => {
  expect(selfUs(seenCalls(...six, [['', CELL, CALL]]))).toEqual([160, 840]);
});

it('leaves them where few looks can tell', () => {
  expect(selfUs(seenCalls(inCall, inCall))).toEqual([160, 840]);
});
