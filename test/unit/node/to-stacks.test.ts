import { expect, it } from 'vitest';
import { SeenCalls } from '../../../kernel/languages/node/inside/look.ts';
import { ProfileTree, type TreeNode } from '../../../kernel/languages/node/inside/profile-tree.ts';
import { toStacks } from '../../../kernel/languages/node/inside/to-stacks.ts';
import type { StackNode, StackResult } from '../../../kernel/sampling/stacks.ts';
import { CELL, scriptsOf, treeNode } from './cell-tree.ts';

const CODE = `(async function() {
function timed(work) {
  return work();
}
timed(() => rows.parse());
timed(() => rows.copy());
rows.map(row => row.a);
rows.map(row => row.b);
function walk(depth) {
  const left = depth > 0 ? walk(depth - 1) : 0;
  const right = depth > 0 ? walk(depth - 1) : 0;
}
})()`;
const [PARSE, COPY, MAP_A, MAP_B, WALK] = [5, 6, 7, 8, 9];

const scripts = scriptsOf({ [CELL]: CODE });

/**
 * @param line where the function begins, counted from 1; 0: the engine's own.
 * @param ownMs self time, whole or by line.
 */
function node(
  functionName: string,
  line: number,
  begin: string,
  ownMs: Readonly<Record<number, number>> | number,
  children: readonly TreeNode[] = [],
): TreeNode {
  const text = CODE.split('\n')[line - 1] ?? '';
  const own =
    typeof ownMs === 'number'
      ? ownMs * 1000
      : Object.fromEntries(Object.entries(ownMs).map(([at, ms]) => [at, ms * 1000]));
  const lineNumber = line - 1;
  return treeNode(
    line > 0
      ? { functionName, scriptId: CELL, url: CELL, lineNumber, columnNumber: text.indexOf(begin) }
      : { functionName, scriptId: '0', url: '', lineNumber, columnNumber: -1 },
    own,
    children,
  );
}

function stacksOf(cell: TreeNode): StackResult {
  const tree = new ProfileTree();
  tree.contexts.set('', { chain: [], root: node('(root)', 0, '', 0, [cell]) });
  return toStacks({
    tree,
    idle: [],
    scripts,
    calls: new SeenCalls(0),
    sites: new Map(),
    moments: { places: [], moments: [] },
    pid: 1,
    notes: [],
  });
}

/** Milliseconds below each line of the cell itself. */
function totals({ frames, groups }: StackResult): Record<number, number> {
  const nodes = groups[0]?.nodes ?? [];
  const lineOf = (at: StackNode): number => {
    const above = nodes[at.parent];
    return above && above.parent >= 0 ? lineOf(above) : (frames[at.frame]?.line ?? 0);
  };
  const found: Record<number, number> = {};
  for (const at of nodes.slice(1)) {
    const line = lineOf(at);
    found[line] = (found[line] ?? 0) + at.selfMs.cpu;
  }
  return found;
}

it('gives each call the time of the function that it was handed', () => {
  const parse = node('', PARSE, '() =>', { [PARSE]: 300 });
  const copy = node('', COPY, '() =>', { [COPY]: 100 });
  const timed = node('timed', 2, '(work)', { 3: 40 }, [parse, copy]);
  const found = totals(stacksOf(node('', 1, '() {', { [PARSE]: 5, [COPY]: 5 }, [timed])));
  expect(found[PARSE]).toBeCloseTo(5 + 20 + 300);
  expect(found[COPY]).toBeCloseTo(5 + 20 + 100);
});

it('shares the time of a method that calls back as its callbacks took', () => {
  const callbacks = [
    node('', MAP_A, 'row =>', { [MAP_A]: 90 }),
    node('', MAP_B, 'row =>', { [MAP_B]: 30 }),
  ];
  const found = totals(stacksOf(node('', 1, '() {', {}, [node('map', 0, '', 8, callbacks)])));
  expect(found[MAP_A]).toBeCloseTo(90 + 6);
  expect(found[MAP_B]).toBeCloseTo(30 + 2);
});

it('counts time that moves to an inlined function once, though two lines called it', () => {
  const parse = node('', PARSE, '() =>', 0);
  const timed = node('timed', 2, '(work)', { 3: 10, [PARSE]: 70 }, [parse]);
  const { groups } = stacksOf(node('', 1, '() {', { [PARSE]: 1, [COPY]: 1 }, [timed]));
  const wholeMs = groups[0]?.nodes.reduce((sum, at) => sum + at.selfMs.cpu, 0);
  expect(wholeMs).toBeCloseTo(1 + 1 + 10 + 70);
});

it('stays small where two lines of a function call itself, however deep', () => {
  let walk = node('walk', WALK, '(depth)', { [WALK + 1]: 500, [WALK + 2]: 500 });
  for (let depth = 0; depth < 40; depth++)
    walk = node('walk', WALK, '(depth)', { [WALK + 1]: 1, [WALK + 2]: 1 }, [walk]);
  const { groups } = stacksOf(node('', 1, '() {', {}, [walk]));
  const nodes = groups[0]?.nodes ?? [];
  expect(nodes.length).toBeLessThan(20_000);
  expect(nodes.reduce((sum, at) => sum + at.selfMs.cpu, 0)).toBeCloseTo(1000 + 80);
});
