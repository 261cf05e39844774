import { expect, it } from 'vitest';
import { SeenCalls, type LookFrame } from '../../../kernel/languages/node/inside/look.ts';
import { withLostFrames } from '../../../kernel/languages/node/inside/lost-frames.ts';
import type { TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { Scripts } from '../../../kernel/languages/node/inside/scripts.ts';

const CELL = 'cell[1].ts';
const CODE = `(async function() {
const best = stations.map(warmest);
function warmest(station) {
  return readings.filter(one => one.station === station);
}
})()`;
const [CALL, BODY] = [2, 4];

const scripts = new Scripts('/ours');
scripts.add({
  script: CELL,
  file: CELL,
  code: CODE,
  table: CODE.split('\n').map((_line, index) => index + 1),
  wrapperColumns: 19,
});

const node = (
  name: string,
  line: number,
  column: number,
  lineUs: Map<number, number>,
): TreeNode => ({
  call: {
    functionName: name,
    scriptId: '7',
    url: CELL,
    lineNumber: line - 1,
    columnNumber: column,
  },
  parent: undefined,
  children: new Map(),
  selfUs: [...lineUs.values()].reduce((sum, us) => sum + us, 0),
  blockedUs: 0,
  samples: 100,
  lineUs,
  betweenUs: new Map(),
});

/** A cell of which 160 of 1000 ms count on the line of a call, most of it between samples in what was called. */
function program(): TreeNode {
  const cell = node('', 1, 15, new Map([[CALL, 160]]));
  const warmest = node(
    'warmest',
    3,
    16,
    new Map([
      [BODY, 800],
      [BODY - 1, 40],
    ]),
  );
  cell.children.set('warmest', warmest);
  cell.betweenUs.set(warmest, 150);
  return cell;
}

function looks(...frames: readonly (readonly LookFrame[])[]): SeenCalls {
  const calls = new SeenCalls(0);
  frames.forEach((seen, index) => {
    calls.add({ atUs: index * 1000 + 500, frames: seen, resources: [] });
  });
  calls.close(frames.length * 1000);
  return calls;
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
  const cell = withLostFrames(program(), scripts, looks(...six));
  const warmest = cell.children.get('warmest');
  expect(cell.lineUs).toEqual(new Map([[CALL, 10]]));
  expect(warmest?.parent).toBe(cell);
  expect(warmest?.selfUs).toBe(990);
  expect((warmest?.lineUs.get(BODY) ?? 0) / 990).toBeCloseTo(800 / 840);
});

it('leaves them where looks found the caller itself: it is a loop', () => {
  expect(selfUs(looks(...six, [['', CELL, CALL]]))).toEqual([160, 840]);
});

it('leaves them where few looks can tell', () => {
  expect(selfUs(looks(inCall, inCall))).toEqual([160, 840]);
});
