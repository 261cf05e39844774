/** Turns what was seen of one cell into stacks in the user's own lines. Pure, but for reading sources. */
import type { OffCpuCause } from '../../../../src/profile/index.ts';
import { ms } from '../../../../src/profile/units.ts';
import type { Frame, Moment, StackResult } from '../../../sampling/stacks.ts';
import type { AwaitSite } from './await-sites.ts';
import { calledFrom, ranFrom, type Calls } from './called-from.ts';
import type { SeenMoments } from './hot-spots.ts';
import { InlinedTime } from './inlined.ts';
import type { SeenCalls } from './look.ts';
import { withLostFrames } from './lost-frames.ts';
import { totalUs, type ProfileTree, type TreeNode } from './profile-tree.ts';
import type { KnownScript, Place, Scripts } from './scripts.ts';
import { blockingCause } from './run-time.ts';
import { StackBuilder } from './stack-builder.ts';
import { isOfNobody } from './v8-profile.ts';

/** A part of a call tree this small is not worth a node of its own. */
const NEGLIGIBLE_US = 1;
/** A part of the time that ran this small is given to one line, though several called. */
const LEAST_SPLIT = 1 / 100;

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
  readonly moments: SeenMoments;
  readonly pid: number;
  readonly notes: readonly string[];
}

export function toStacks(seen: Seen): StackResult {
  const walk = new Walk(seen);
  for (const { chain, root } of seen.tree.contexts.values())
    walk.addTree(chain, withLostFrames(root, seen.scripts, seen.calls));
  for (const idle of seen.idle) walk.addIdle(idle);
  walk.addMoments(seen.moments);
  return walk.result();
}

/** Through what was seen, from callers to what they called. */
class Walk {
  readonly #stacks = new StackBuilder();
  readonly #inlined: InlinedTime;
  readonly #leastSplitUs: number;
  readonly #callsOf = new Map<TreeNode, Calls & { readonly totalUs: number }>();
  #moments: readonly Moment[] = [];

  constructor(private readonly seen: Seen) {
    this.#inlined = new InlinedTime(node => seen.scripts.place(node.call));
    let wholeUs = 0;
    for (const { root } of seen.tree.contexts.values()) wholeUs += totalUs(root);
    this.#leastSplitUs = wholeUs * LEAST_SPLIT;
  }

  /** @param sites of the awaits that it stands below. */
  addTree(sites: readonly number[], root: TreeNode): void {
    const parent = this.#chain(sites);
    this.#add(root, this.seen.scripts.place(root.call), parent, 0, 1);
    for (const child of root.children.values()) {
      const above = isOfNobody(child.call) ? 0 : parent;
      this.#visit(child, this.seen.scripts.place(child.call), above, 1);
    }
  }

  addIdle(idle: IdleTime): void {
    const at = this.#chain(idle.sites);
    this.#stacks.addTime(at, idle.cause, idle.us);
    this.#stacks.addSamples(at, idle.samples);
  }

  /** A moment tells one line and no time: it stands below the root, whatever called it. */
  addMoments({ places, moments }: SeenMoments): void {
    const nodes = places.map(frame => (frame === undefined ? 0 : this.#stacks.child(0, frame)));
    this.#moments = moments.map(moment => ({
      ...moment,
      nodes: moment.nodes.map(({ node, samples }) => ({ node: nodes[node] ?? 0, samples })),
    }));
  }

  result(): StackResult {
    const { tree } = this.seen;
    return {
      frames: this.#stacks.frames,
      groups: [{ kind: 'main', name: 'main', pid: this.seen.pid, nodes: this.#stacks.nodes() }],
      moments: this.#moments,
      samples: tree.samples,
      dropped: 0,
      intervalMs: ms(tree.samples === 0 ? 0 : tree.totalUs / 1000 / tree.samples),
      notes: this.seen.notes,
    };
  }

  /**
   * @param scale the part of the tree's own time that goes this way.
   * @param scaleOf the same of what it called.
   */
  #visit(
    tree: TreeNode,
    place: Place,
    parent: number,
    scale: number,
    scaleOf: (child: TreeNode) => number = () => scale,
  ): void {
    // What tslab did to get here is no part of the cell.
    const above = place.isCellItself ? 0 : parent;
    const { script } = place;
    if (script === undefined) {
      const at = this.#add(tree, place, above, place.firstLine, scale);
      for (const child of tree.children.values())
        if (scaleOf(child) > 0)
          this.#visit(child, this.seen.scripts.place(child.call), at, scaleOf(child));
      return;
    }
    let withoutLine = tree.selfUs;
    for (const us of tree.lineUs.values()) withoutLine -= us;
    const { lines, ofNodeUs } = this.#inlined.staysAt(tree, script);
    for (const [line, us] of lines)
      this.#addTime(this.#line(place, above, script.sourceLine(line)), us * scale, tree);
    if (ofNodeUs > 0)
      for (const [line, part] of ranFrom(script, tree, this.seen.calls)) {
        const us = ofNodeUs * part;
        this.#addTime(this.#line(place, above, script.sourceLine(line)), us * scale, tree);
      }
    for (const { line, us, countedAt } of this.#inlined.movedTo(tree))
      this.#addTime(this.#line(place, above, script.sourceLine(line)), us * scale, countedAt);
    if (withoutLine > NEGLIGIBLE_US)
      this.#addTime(this.#line(place, above, 0), withoutLine * scale, tree);
    for (const child of tree.children.values()) {
      const ofChild = scaleOf(child);
      if (ofChild <= 0) continue;
      const childPlace = this.seen.scripts.place(child.call);
      const { parts, handed } = this.#calls(tree, script, child, childPlace, ofChild);
      const partByLine = new Map(parts);
      for (const line of new Set([...partByLine.keys(), ...handed.values()])) {
        const part = partByLine.get(line) ?? 0;
        const at = this.#line(place, above, line === 0 ? 0 : script.sourceLine(line));
        this.#visit(child, childPlace, at, ofChild * part, grandchild => {
          const from = handed.get(grandchild);
          return ofChild * (from === undefined ? part : from === line ? 1 : 0);
        });
      }
    }
  }

  /** Each line that called doubles what is below: with recursion that has no end, so little time goes one way. */
  #calls(
    tree: TreeNode,
    script: KnownScript,
    child: TreeNode,
    childPlace: Place,
    scale: number,
  ): Calls {
    let calls = this.#callsOf.get(child);
    if (calls === undefined) {
      calls = {
        ...calledFrom(script, tree, child, childPlace, this.seen.calls),
        totalUs: totalUs(child),
      };
      this.#callsOf.set(child, calls);
    }
    if (scale * calls.totalUs >= this.#leastSplitUs) return calls;
    const [line] = calls.parts.reduce((most, one) => (one[1] > most[1] ? one : most));
    return { parts: [[line, 1]], handed: new Map() };
  }

  #add(tree: TreeNode, place: Place, parent: number, line: number, scale: number): number {
    if (tree.call.functionName === '(root)') return parent;
    const at = this.#line(place, parent, line);
    if (tree.selfUs > 0) this.#addTime(at, tree.selfUs * scale, tree);
    return at;
  }

  /** @param us of the tree node's own time: its samples go along. */
  #addTime(at: number, us: number, tree: TreeNode): void {
    const blockedUs = tree.blockedUs > 0 ? (us * tree.blockedUs) / tree.selfUs : 0;
    this.#stacks.addTime(at, 'cpu', us - blockedUs);
    if (blockedUs > 0) this.#stacks.addTime(at, blockingCause(tree.call.functionName), blockedUs);
    if (tree.selfUs > 0) this.#stacks.addSamples(at, (tree.samples * us) / tree.selfUs);
  }

  #chain(sites: readonly number[]): number {
    let at = 0;
    for (const id of sites) {
      const site = this.seen.sites.get(id);
      if (site !== undefined) at = this.#stacks.child(at, frameOfSite(site));
    }
    return at;
  }

  #line(place: Place, parent: number, line: number): number {
    return this.#stacks.child(parent, {
      function: place.function,
      file: place.file,
      line,
      firstLine: place.firstLine,
    });
  }
}

export function frameOfSite({ file, firstLine, ...site }: Site): Frame {
  return { function: site.function, file, line: site.sourceLine, firstLine };
}
