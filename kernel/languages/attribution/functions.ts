/** The call tree by function: what a flame graph draws. */
import type { FunctionNode, OffCpu, Source } from '../../../src/profile/index.ts';
import { OFF_CPU_CAUSES } from '../../../src/profile/causes.ts';
import { ms } from '../../../src/profile/units.ts';
import { addOffCpu, noOffCpu, type CountedPath } from './paths.ts';
import type { ResolvedFrame } from './resolved-frames.ts';

const MOST_NODES = 400;
const LEAST_SHARE = 0.001;

interface Node {
  readonly name: string;
  readonly source: Source | undefined;
  readonly origin: FunctionNode['origin'];
  readonly parent: Node | undefined;
  readonly children: Map<string, Node>;
  selfMs: number;
  totalMs: number;
  readonly offCpuMs: OffCpu;
}

/**
 * Parents before their children, hotter siblings first. The time of nodes that are left out belongs to the nearest one
 * that is not, so that the nodes' own times still add up to the whole.
 */
export function attributeFunctions(paths: readonly CountedPath[]): FunctionNode[] {
  const root = makeNode(undefined, '', 'runtime', undefined);
  for (const path of paths) addPath(root, path);
  sumUp(root);
  const kept = hottest(root);
  fold(root, kept);
  const nodes: FunctionNode[] = [];
  write(root, -1, kept, nodes);
  return nodes;
}

function addPath(root: Node, path: CountedPath): void {
  let node = root;
  const { group, frames } = path;
  if (group.kind !== 'main') node = child(node, `\0${group.pid}\0${group.name}`, group.name);
  else if (frames.length === 0) node = child(node, '\0kernel', '(kernel)');
  for (const frame of frames) node = child(node, frame.functionKey, frame.name, frame);
  node.selfMs += path.selfMs;
  addOffCpu(node.offCpuMs, path.offCpuMs);
}

function child(parent: Node, key: string, name: string, frame?: ResolvedFrame): Node {
  let node = parent.children.get(key);
  if (!node) {
    node = makeNode(parent, name, frame?.origin ?? 'runtime', frame?.definition);
    parent.children.set(key, node);
  }
  return node;
}

function makeNode(
  parent: Node | undefined,
  name: string,
  origin: FunctionNode['origin'],
  source: Source | undefined,
): Node {
  const offCpuMs = noOffCpu();
  return { name, source, origin, parent, children: new Map(), selfMs: 0, totalMs: 0, offCpuMs };
}

function sumUp(node: Node): number {
  node.totalMs = node.selfMs;
  for (const below of node.children.values()) node.totalMs += sumUp(below);
  return node.totalMs;
}

/** No node is hotter than its parent, so the hottest nodes form a tree; ties keep the parent. */
function hottest(root: Node): ReadonlySet<Node> {
  const leastMs = root.totalMs * LEAST_SHARE;
  const all: Node[] = [];
  const collect = (node: Node): void => {
    for (const below of node.children.values()) {
      if (below.totalMs < leastMs || below.totalMs === 0) continue;
      all.push(below);
      collect(below);
    }
  };
  collect(root);
  // The order of collection, parents first, survives among equals: the sort is stable.
  return new Set(all.sort((a, b) => b.totalMs - a.totalMs).slice(0, MOST_NODES));
}

function fold(node: Node, kept: ReadonlySet<Node>): void {
  for (const below of node.children.values()) {
    fold(below, kept);
    if (kept.has(below)) continue;
    node.selfMs += below.selfMs;
    addOffCpu(node.offCpuMs, below.offCpuMs);
  }
}

function write(node: Node, index: number, kept: ReadonlySet<Node>, into: FunctionNode[]): void {
  const below = [...node.children.values()].filter(one => kept.has(one));
  for (const one of below.sort((a, b) => b.totalMs - a.totalMs)) {
    const { name, source, origin, selfMs, totalMs, offCpuMs } = one;
    into.push({
      name,
      ...(source && { source }),
      origin,
      parent: index,
      selfMs: ms(selfMs),
      totalMs: ms(Math.max(totalMs, selfMs)),
      offCpuMs: ms(OFF_CPU_CAUSES.reduce((sum, cause) => sum + offCpuMs[cause], 0)),
    });
    write(one, into.length - 1, kept, into);
  }
}
