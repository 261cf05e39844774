/**
 * Frames that V8 lost, put back. Pure.
 *
 * Where optimized code runs one of the engine's stubs (to compare strings, to grow an array), V8 takes the stub's frame
 * for that of the function which called it, and the sample counts for the function above, on the line of the call. That
 * is every sixth sample of some functions. Such samples stand, one or two, between others in the function that was lost.
 * So do those of a loop that calls a function again and again; but in a loop looks find the caller itself, too.
 */
import { ownLinesOf } from './called-from.ts';
import type { SeenCalls } from './look.ts';
import type { TreeNode } from './profile-tree.ts';
import type { Scripts } from './scripts.ts';

/** Fewer looks that met the call, and none that met the caller alone, may be chance. */
const LEAST_MET = 5;

/** @returns a copy of the tree below and with `root`. */
export function withLostFrames(root: TreeNode, scripts: Scripts, calls: SeenCalls): TreeNode {
  return copy(root, undefined, 0, node => lostOf(node, scripts, calls));
}

type Lost = ReadonlyMap<TreeNode, number>;

function copy(
  node: TreeNode,
  parent: TreeNode | undefined,
  foundUs: number,
  lostOf: (node: TreeNode) => Lost,
): TreeNode {
  const lost = lostOf(node);
  let selfUs = node.selfUs + foundUs;
  for (const us of lost.values()) selfUs -= us;
  const scale = node.selfUs > 0 ? selfUs / node.selfUs : 0;
  const copied: TreeNode = {
    ...node,
    parent,
    children: new Map(),
    selfUs,
    samples: Math.round(node.samples * scale),
    lineUs: new Map([...node.lineUs].map(([line, us]) => [line, us * scale])),
  };
  for (const [key, child] of node.children)
    copied.children.set(key, copy(child, copied, lost.get(child) ?? 0, lostOf));
  return copied;
}

/** Time of the node's that is a child's. */
function lostOf(node: TreeNode, scripts: Scripts, calls: SeenCalls): Lost {
  const { script } = scripts.place(node.call);
  if (script === undefined || node.betweenUs.size === 0) return new Map();
  const path = script.info.script;
  const name = node.call.functionName;
  if (ownLinesOf(script, node)(calls.leaves(path, name)).length > 0) return new Map();
  return new Map(
    [...node.betweenUs].filter(
      ([child]) =>
        child.selfUs > 0 && calls.met(path, name, scripts.place(child.call)) >= LEAST_MET,
    ),
  );
}
