/** Which of the user's functions the run's time was spent in, the library calls they made included. */
import {
  ms,
  share,
  shareOf,
  type Cell,
  type FunctionNode,
  type Milliseconds,
  type Share,
  type Source,
} from '../profile/index.ts';

export interface HotFunction {
  readonly name: string;
  /** Null for code at a cell's or file's top level and where the sampler does not tell. */
  readonly source: Source | null;
  /** Set for code at a cell's top level: the index of that cell. */
  readonly topLevelOfCell: number | null;
  readonly origin: FunctionNode['origin'];
  readonly selfMs: Milliseconds;
  /** Of the run's wall time, weighted as in `findHotLines`. */
  readonly shareOfRun: Share;
}

/**
 * Every sampled millisecond belongs to the innermost of the user's own functions on its stack. Threads that run a
 * library's code alone are left out, as in `findHotLines`: they work for a line that waits for them. The shares
 * therefore add up to that part of the run which was sampled. Hottest first.
 */
export function findHotFunctions(cells: readonly Cell[]): HotFunction[] {
  const runMs = cells.reduce((sum, cell) => sum + cell.wallTimeMs, 0);
  const found = new Map<string, HotFunction>();
  cells.forEach((cell, index) => {
    const owners = ownersOf(cell.functions);
    const owned = cell.functions.flatMap((node, i) => {
      const owner = cell.functions[owners[i] ?? i];
      return owner && isUsers(owner) && node.selfMs > 0 ? [{ node, owner }] : [];
    });
    const sampledMs = owned.reduce((sum, { node }) => sum + node.selfMs, 0);
    owned.forEach(({ node, owner }) => {
      const part = shareOf(shareOf(node.selfMs, sampledMs) * cell.wallTimeMs, runMs);
      const key = keyOf(owner, index);
      const known = found.get(key);
      found.set(key, {
        ...(known ?? describe(owner, index)),
        selfMs: ms((known?.selfMs ?? 0) + node.selfMs),
        shareOfRun: share((known?.shareOfRun ?? 0) + part),
      });
    });
  });
  return [...found.values()].sort((a, b) => b.shareOfRun - a.shareOfRun);
}

/** For each node, the index of the function that its own time belongs to. Parents stand before their children. */
function ownersOf(nodes: readonly FunctionNode[]): number[] {
  const owners: number[] = [];
  nodes.forEach((node, i) => {
    const above = owners[node.parent];
    const aboveIsUsers = above !== undefined && isUsers(nodes[above]);
    owners[i] = !aboveIsUsers || (isUsers(node) && !isNameless(node)) ? i : above;
  });
  return owners;
}

const isUsers = (node: FunctionNode | undefined) =>
  node?.origin === 'cell' || node?.origin === 'file';
/** `<genexpr>`, `load.<locals>.<lambda>`, `(anonymous)`: part of the function that it was written in, to its author. */
const isNameless = ({ name }: FunctionNode) => /[>)]$/.test(name) && name !== '<module>';
const isTopLevel = (node: FunctionNode) => node.origin === 'cell' && node.name === '<module>';

const describe = (node: FunctionNode, cell: number) => ({
  name: node.name,
  source: node.source ?? null,
  topLevelOfCell: isTopLevel(node) ? cell : null,
  origin: node.origin,
});

/** Two functions of one name in different files stay apart. */
function keyOf(node: FunctionNode, cell: number): string {
  if (isTopLevel(node)) return `cell ${cell}`;
  const { source } = node;
  const place = !source
    ? ''
    : 'file' in source
      ? source.file
      : `[${source.executionCount}]:${source.line}`;
  return `${node.name} ${place}`;
}
