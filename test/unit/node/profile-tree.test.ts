import { describe, expect, it } from 'vitest';
import {
  ProfileTree,
  totalUs,
  type TreeNode,
} from '../../../kernel/languages/node/inside/profile-tree.ts';
import type { CallFrame, V8Node } from '../../../kernel/languages/node/inside/v8-profile.ts';

const call = (functionName: string): CallFrame => ({
  functionName,
  scriptId: '7',
  url: 'cell[1].ts',
  lineNumber: functionName.length,
  columnNumber: 0,
});

/** Samples of a millisecond each, every one of a stack of its own. Stacks are functions, outermost first. */
function add(tree: ProfileTree, stacks: readonly (readonly string[])[]): void {
  const nodes: (V8Node & { children: number[] })[] = [
    { id: 1, callFrame: call('(root)'), children: [] },
  ];
  const samples = stacks.map(stack => {
    let at = nodes[0];
    for (const name of stack) {
      const next = { id: nodes.length + 1, callFrame: call(name), children: [] };
      at?.children.push(next.id);
      nodes.push((at = next));
    }
    return at?.id ?? 1;
  });
  tree.add(
    {
      nodes,
      startTime: 0,
      endTime: samples.length * 1000,
      samples,
      timeDeltas: samples.map(() => 1000),
    },
    0,
    Infinity,
    () => ({ chain: [], own: [] }),
    us => us,
    () => 0,
  );
}

function flatten(node: TreeNode): TreeNode[] {
  return [node, ...[...node.children.values()].flatMap(flatten)];
}
const rootsOf = (tree: ProfileTree): TreeNode[] =>
  [...tree.contexts.values()].map(({ root }) => root);
const all = (tree: ProfileTree): TreeNode[] => rootsOf(tree).flatMap(flatten);

/** Recursion that takes another way each time: `bits` of a number choose between two functions. */
const ways = (count: number): string[][] =>
  Array.from({ length: count }, (_, way) => [
    'cell',
    ...Array.from({ length: 16 }, (_unused, bit) => ((way >> bit) & 1 ? 'left' : 'right')),
  ]);

it('keeps a tree of some size whole', () => {
  const tree = new ProfileTree();
  add(tree, ways(100));
  expect(tree.isFolded).toBe(false);
  expect(all(tree).filter(({ selfUs }) => selfUs > 0)).toHaveLength(100);
});

it('stays small when every call goes another way, and loses no time', () => {
  const tree = new ProfileTree();
  const count = 10_000;
  const stacks = ways(count);
  for (let from = 0; from < count; from += 1000) add(tree, stacks.slice(from, from + 1000));
  const nodes = all(tree);
  expect(tree.isFolded).toBe(true);
  expect(nodes.length).toBeLessThan(9000);
  const us = (name?: string): number =>
    nodes
      .filter(node => name === undefined || node.call.functionName === name)
      .reduce((sum, { selfUs }) => sum + selfUs, 0);
  expect(us()).toBe(count * 1000);
  // The innermost function of each stack keeps its time.
  expect(us('left') + us('right')).toBe(count * 1000);
  // Everything still stands below the cell.
  expect(rootsOf(tree).flatMap(root => [...root.children.values()])).toHaveLength(1);
});

it('tells the time of one or two samples that stand between others in one child', () => {
  const tree = new ProfileTree();
  // The ids of equal stacks differ here, as they do between chunks.
  add(tree, [
    ['f', 'g'],
    ['f'],
    ['f', 'g'],
    ['f'],
    ['f'],
    ['f', 'g'],
    ['f'],
    ['f'],
    ['f'],
    ['f', 'g'],
    ['f'],
    ['f', 'longer'],
    ['f'],
  ]);
  const [f] = all(tree).filter(({ call: { functionName } }) => functionName === 'f');
  expect(f?.selfUs).toBe(8000);
  expect([...(f?.betweenUs ?? [])].map(([child, us]) => [child.call.functionName, us])).toEqual([
    ['g', 3000],
  ]);
});

describe('what the loop calls while awaits are pending', () => {
  const [CELL_WAITS, FUNCTION_WAITS] = [1, 2];
  const frame = (functionName: string, url: string): CallFrame => ({ ...call(functionName), url });
  const loop = frame('processTicksAndRejections', 'node:internal/process/task_queues');
  const library = frame('step', '/work/node_modules/tfjs/fit.js');
  const users = frame('train', 'cell[1].ts');

  /** @returns the awaits that the stack stands below. */
  function below(...stack: CallFrame[]): readonly number[] | undefined {
    const tree = new ProfileTree(({ url }) => url.includes('/node_modules/'));
    const frames = [call('(root)'), ...stack];
    const nodes = frames.map((callFrame, index) => ({
      id: index + 1,
      callFrame: index === 0 ? { ...callFrame, url: '' } : callFrame,
      children: index + 1 < frames.length ? [index + 2] : [],
    }));
    tree.add(
      { nodes, startTime: 0, endTime: 1000, samples: [nodes.length], timeDeltas: [1000] },
      0,
      Infinity,
      () => ({ chain: [CELL_WAITS, FUNCTION_WAITS], own: [CELL_WAITS] }),
      us => us,
      () => 0,
    );
    return [...tree.contexts.values()].find(({ root }) => totalUs(root) > 0)?.chain;
  }

  it('works on what the innermost one waits for, where it is a library or Node', () => {
    expect(below(loop, library)).toEqual([CELL_WAITS, FUNCTION_WAITS]);
    expect(below(loop, library, users)).toEqual([CELL_WAITS, FUNCTION_WAITS]);
    expect(below(loop)).toEqual([CELL_WAITS, FUNCTION_WAITS]);
  });

  it('goes on with a function of the user’s, whose own awaits are over', () => {
    expect(below(loop, users)).toEqual([CELL_WAITS]);
    expect(below(users, library)).toEqual([CELL_WAITS]);
  });
});
