/** The tree of stacks stays bounded. */
import { expect, it } from 'vitest';
import { StackTree } from '../../../kernel/languages/python/cpython/stack-tree.ts';

it('makes one node for one path', () => {
  const tree = new StackTree({ left: 10 });
  const a = tree.child(0, 5);
  expect(tree.child(0, 5)).toBe(a);
  expect(tree.child(a, 5)).not.toBe(a);
  expect(tree.nodes().map(node => [node.parent, node.frame])).toEqual([
    [-1, -1],
    [0, 5],
    [a, 5],
  ]);
});

it('lets samples land on the deepest node there is, once the budget of all trees is spent', () => {
  const budget = { left: 2 };
  const tree = new StackTree(budget);
  const other = new StackTree(budget);
  const a = tree.child(0, 1);
  expect(other.child(0, 1)).toBe(1);
  expect(tree.child(a, 2)).toBe(a);
  expect(tree.child(0, 1)).toBe(a);
  tree.addTime(a, 'cpu', 3);
  tree.addGrowth(a, -10);
  tree.countSample(a);
  expect(tree.nodes()[a]).toMatchObject({
    selfMs: { cpu: 3, lock: 0 },
    samples: 1,
    rssGrowthBytes: -10,
  });
});

it('holds times of many nodes', () => {
  const tree = new StackTree({ left: 1000 });
  for (let frame = 0; frame < 500; frame++) tree.addTime(tree.child(0, frame), 'other', frame);
  expect(tree.nodes().reduce((sum, node) => sum + node.selfMs.other, 0)).toBe((499 * 500) / 2);
});
