/** The call tree as a flame graph and as a table need it. Pure. */
import type { FunctionNode, Source } from '../../../../src/profile/index.ts';
import { treeName } from '../../../../src/render/words.ts';

export const ROOT = 'all';

export interface FlameNode {
  readonly id: string;
  /** `ROOT` for what nobody called. */
  readonly parent: string;
  readonly name: string;
  readonly node: FunctionNode;
  /** Never less than the sum of what it called, which rounding may make of `totalMs`. */
  readonly totalMs: number;
}

export interface FlameTree {
  readonly nodes: readonly FlameNode[];
  readonly totalMs: number;
}

/** A node's id is its place in the profile. */
export function flameTree(functions: readonly FunctionNode[]): FlameTree {
  const called = functions.map(() => 0);
  const totals: number[] = [];
  let all = 0;
  for (let i = functions.length - 1; i >= 0; i--) {
    const node = functions[i] as FunctionNode;
    const total = Math.max(node.totalMs, called[i] ?? 0);
    totals[i] = total;
    if (node.parent >= 0) called[node.parent] = (called[node.parent] ?? 0) + total;
    else all += total;
  }
  return {
    totalMs: all,
    nodes: functions.map((node, i) => ({
      id: String(i),
      parent: node.parent < 0 ? ROOT : String(node.parent),
      name: isTopLevel(node) ? 'this cell' : treeName(node),
      node,
      totalMs: totals[i] ?? 0,
    })),
  };
}

const isTopLevel = ({ name, origin }: FunctionNode) => name === '<module>' && origin === 'cell';

/** Rows that a flame graph of the part below `level` needs. */
export function flameDepth(tree: FlameTree, level: string): number {
  const depths = new Map<string, number>([[level, 0]]);
  let deepest = 0;
  for (const { id, parent } of tree.nodes) {
    const above = depths.get(parent);
    if (id === level || above === undefined) continue;
    depths.set(id, above + 1);
    deepest = Math.max(deepest, above + 1);
  }
  return deepest + 1;
}

/** Ids of nodes whose name has the text; null for an empty search. */
export function findNodes(tree: FlameTree, search: string): ReadonlySet<string> | null {
  if (search.trim() === '') return null;
  return new Set(tree.nodes.filter(({ name }) => isFound(name, search)).map(({ id }) => id));
}

export const isFound = (name: string, search: string): boolean =>
  name.toLowerCase().includes(search.trim().toLowerCase());

/** Time in which any of them was on the stack: what one calls counts once. */
export function timeOf(tree: FlameTree, ids: ReadonlySet<string>): number {
  const inside = new Set<string>();
  let sum = 0;
  for (const { id, parent, totalMs } of tree.nodes) {
    if (inside.has(parent)) inside.add(id);
    else if (ids.has(id)) {
      inside.add(id);
      sum += totalMs;
    }
  }
  return sum;
}

export interface FunctionRow {
  readonly key: string;
  readonly name: string;
  readonly origin: FunctionNode['origin'];
  readonly source: Source | null;
  readonly selfMs: number;
  /** A function that calls itself counts once. */
  readonly totalMs: number;
  readonly waitMs: number;
  /** Its largest place in the tree, to zoom to. */
  readonly id: string;
}

/** One row a function, wherever it was called from; the one with the most own time first. */
export function functionRows(tree: FlameTree): FunctionRow[] {
  const keys = tree.nodes.map(({ name, node }) => keyOf(name, node));
  const rows = new Map<string, FunctionRow & { largestMs: number }>();
  tree.nodes.forEach(({ id, name, node, totalMs }, i) => {
    const key = keys[i] ?? id;
    const known = rows.get(key);
    const again = isInside(tree, i, key, keys);
    rows.set(key, {
      key,
      name,
      origin: node.origin,
      source: node.source ?? null,
      selfMs: (known?.selfMs ?? 0) + node.selfMs,
      totalMs: (known?.totalMs ?? 0) + (again ? 0 : totalMs),
      waitMs: (known?.waitMs ?? 0) + node.offCpuMs,
      id: known && known.largestMs >= totalMs ? known.id : id,
      largestMs: Math.max(known?.largestMs ?? 0, totalMs),
    });
  });
  return [...rows.values()].sort((a, b) => b.selfMs - a.selfMs);
}

function isInside({ nodes }: FlameTree, index: number, key: string, keys: readonly string[]) {
  for (let at = nodes[index]?.node.parent ?? -1; at >= 0; at = nodes[at]?.node.parent ?? -1)
    if (keys[at] === key) return true;
  return false;
}

/** Two functions of one name in different places stay apart. */
const keyOf = (name: string, { source, origin }: FunctionNode) =>
  JSON.stringify([name, origin, source ?? null]);
