/** Turns what was seen of one cell into stacks in the user's own lines. Pure, but for reading sources. */
import type { OffCpuCause } from '../../../../src/profile/index.ts';
import { ms } from '../../../../src/profile/units.ts';
import type { Frame, StackNode, StackResult, ThreadState } from '../../../sampling/stacks.ts';
import type { AwaitSite } from './await-sites.ts';
import type { SeenCalls } from './look.ts';
import type { ProfileTree, TreeNode } from './profile-tree.ts';
import type { KnownScript, Place, Scripts } from './scripts.ts';
import { blockingCause } from './run-time.ts';
import { GARBAGE_COLLECTOR, PROGRAM } from './v8-profile.ts';

/** A part of a call tree this small is not worth a node of its own. */
const NEGLIGIBLE_US = 1;

export interface IdleTime {
  /** Pending awaits, the cell's own first. */
  readonly sites: readonly number[];
  readonly cause: OffCpuCause;
  us: number;
  samples: number;
}

export interface Site extends AwaitSite {
  readonly file: string;
}

export interface Seen {
  readonly tree: ProfileTree;
  readonly idle: Iterable<IdleTime>;
  readonly scripts: Scripts;
  readonly calls: SeenCalls;
  readonly sites: ReadonlyMap<number, Site>;
  readonly pid: number;
  readonly notes: readonly string[];
}

export function toStacks(seen: Seen): StackResult {
  const builder = new Builder(seen);
  for (const [context, root] of seen.tree.roots) builder.addTree(context, root);
  for (const idle of seen.idle) builder.addIdle(idle);
  return builder.result();
}

interface DraftNode {
  readonly parent: number;
  readonly frame: number;
  readonly selfMs: Record<ThreadState, number>;
  samples: number;
}

class Builder {
  readonly #frames: Frame[] = [];
  readonly #frameIds = new Map<string, number>();
  readonly #nodes: DraftNode[] = [draft(-1, -1)];
  readonly #nodeIds = new Map<string, number>();

  constructor(private readonly seen: Seen) {}

  addTree(context: number, root: TreeNode): void {
    const parent = this.#chain(context < 0 ? [] : [context]);
    this.#add(root, this.seen.scripts.place(root.call), parent, 0, 1);
    for (const child of root.children.values()) {
      const { functionName } = child.call;
      const isOfNobody = functionName === GARBAGE_COLLECTOR || functionName === PROGRAM;
      this.#visit(child, this.seen.scripts.place(child.call), isOfNobody ? 0 : parent, 1);
    }
  }

  addIdle(idle: IdleTime): void {
    const node = this.#node(this.#chain(idle.sites));
    node.selfMs[idle.cause] += idle.us / 1000;
    node.samples += idle.samples;
  }

  result(): StackResult {
    const { tree } = this.seen;
    const nodes: StackNode[] = this.#nodes.map(node => ({ ...node, rssGrowthBytes: 0 }));
    return {
      frames: this.#frames,
      groups: [{ kind: 'main', name: 'main', pid: this.seen.pid, nodes }],
      fileWaitMs: {},
      samples: tree.samples,
      dropped: 0,
      intervalMs: ms(tree.samples === 0 ? 0 : tree.totalUs / 1000 / tree.samples),
      notes: this.seen.notes,
    };
  }

  /** @param scale the part of the tree's time that goes this way. */
  #visit(tree: TreeNode, place: Place, parent: number, scale: number): void {
    // What tslab did to get here is no part of the cell.
    const above = place.isCellItself ? 0 : parent;
    const { script } = place;
    if (script === undefined) {
      const at = this.#add(tree, place, above, place.firstLine, scale);
      for (const child of tree.children.values())
        this.#visit(child, this.seen.scripts.place(child.call), at, scale);
      return;
    }
    let withoutLine = tree.selfUs;
    for (const [line, us] of tree.lineUs) {
      withoutLine -= us;
      this.#addTime(this.#line(place, above, script.sourceLine(line)), us * scale, tree, us);
    }
    if (withoutLine > NEGLIGIBLE_US)
      this.#addTime(this.#line(place, above, 0), withoutLine * scale, tree, withoutLine);
    for (const child of tree.children.values()) {
      const childPlace = this.seen.scripts.place(child.call);
      for (const [line, part] of this.#calledFrom(tree, script, child, childPlace))
        this.#visit(child, childPlace, this.#line(place, above, line), scale * part);
    }
  }

  #add(tree: TreeNode, place: Place, parent: number, line: number, scale: number): number {
    if (tree.call.functionName === '(root)') return parent;
    const at = this.#line(place, parent, line);
    if (tree.selfUs > 0) this.#addTime(at, tree.selfUs * scale, tree, tree.selfUs);
    return at;
  }

  /** @param ownUs the part of the node's own time that `us` is scaled from: its samples go along. */
  #addTime(at: number, us: number, tree: TreeNode, ownUs: number): void {
    const node = this.#node(at);
    const blockedMs = tree.blockedUs > 0 ? ((us / 1000) * tree.blockedUs) / tree.selfUs : 0;
    node.selfMs.cpu += us / 1000 - blockedMs;
    if (blockedMs > 0) node.selfMs[blockingCause(tree.call.functionName)] += blockedMs;
    node.samples += tree.selfUs > 0 ? Math.round((tree.samples * ownUs) / tree.selfUs) : 0;
  }

  /** @returns source lines and the part of the callee's time for each; the parts sum to 1. */
  #calledFrom(
    tree: TreeNode,
    script: KnownScript,
    child: TreeNode,
    childPlace: Place,
  ): [number, number][] {
    const { call } = child;
    const isSameScript = call.scriptId === tree.call.scriptId;
    const at = { line: tree.call.lineNumber, column: tree.call.columnNumber };
    const candidates = (name: string, node: TreeNode): number[] =>
      script.sites?.candidates(
        at,
        name,
        node.call.scriptId === tree.call.scriptId
          ? { line: node.call.lineNumber, column: node.call.columnNumber }
          : undefined,
      ) ?? [];
    let lines = candidates(call.functionName, child);
    // A method of the engine that calls back: where the callback stands tells which call it was.
    if (!isSameScript && call.url === '' && lines.length !== 1)
      for (const grandchild of child.children.values()) {
        const handed = candidates(call.functionName, grandchild);
        if (handed.length === 1) lines = handed;
      }
    if (lines.length === 1) return [[script.sourceLine(lines[0] ?? 0), 1]];
    const seen = this.seen.calls.lines(
      script.info.script,
      tree.call.functionName,
      childPlace.function,
    );
    const weights = weigh(lines, seen, tree.lineUs);
    const bySource = new Map<number, number>();
    for (const [line, part] of weights) {
      const source = line === 0 ? 0 : script.sourceLine(line);
      bySource.set(source, (bySource.get(source) ?? 0) + part);
    }
    return [...bySource];
  }

  #chain(sites: readonly number[]): number {
    let at = 0;
    for (const id of sites) {
      const site = this.seen.sites.get(id);
      if (site === undefined) continue;
      at = this.#child(at, {
        function: site.function,
        file: site.file,
        line: site.sourceLine,
        firstLine: site.firstLine,
      });
    }
    return at;
  }

  #line(place: Place, parent: number, line: number): number {
    return this.#child(parent, {
      function: place.function,
      file: place.file,
      line,
      firstLine: place.firstLine,
    });
  }

  #child(parent: number, frame: Frame): number {
    const frameKey = JSON.stringify(frame);
    let frameId = this.#frameIds.get(frameKey);
    if (frameId === undefined) {
      frameId = this.#frames.push(frame) - 1;
      this.#frameIds.set(frameKey, frameId);
    }
    const key = `${parent}:${frameId}`;
    let id = this.#nodeIds.get(key);
    if (id === undefined) {
      id = this.#nodes.push(draft(parent, frameId)) - 1;
      this.#nodeIds.set(key, id);
    }
    return id;
  }

  #node(index: number): DraftNode {
    return this.#nodes[index] as DraftNode;
  }
}

/**
 * Several lines may have called: those seen to call count as often as they were seen; else by their own time, which
 * grows with the number of calls. Without either the line stays unknown (0).
 */
function weigh(
  lines: readonly number[],
  seen: ReadonlyMap<number, number>,
  ownUs: ReadonlyMap<number, number>,
): [number, number][] {
  const among = (weights: ReadonlyMap<number, number>): [number, number][] =>
    [...weights].filter(([line]) => lines.length === 0 || lines.includes(line));
  const chosen = [among(seen), lines.length === 0 ? [] : among(ownUs)].find(
    found => found.length > 0,
  );
  if (chosen === undefined) return [[0, 1]];
  const whole = chosen.reduce((sum, [, weight]) => sum + weight, 0);
  return chosen.map(([line, weight]) => [line, weight / whole]);
}

function draft(parent: number, frame: number): DraftNode {
  return {
    parent,
    frame,
    selfMs: { cpu: 0, disk: 0, network: 0, lock: 0, sleep: 0, wait: 0, other: 0 },
    samples: 0,
  };
}
