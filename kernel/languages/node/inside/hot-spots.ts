/**
 * Which line of the user's the main thread was on, moment by moment.
 *
 * V8 tells of each sample its function, but of a function's lines only how often each was seen in a whole chunk. So a
 * sample counts for the line on which a look (`look.ts`) nearby in time saw that function, if V8 saw that line too;
 * without one, for the line that V8 saw most.
 */
import { Moments } from '../../../sampling/moments.ts';
import type { Frame, Moment } from '../../../sampling/stacks.ts';
import { calledFrom, type LineParts } from './called-from.ts';
import { FrameIds } from './frame-ids.ts';
import { shortName, type Look, type SeenCalls } from './look.ts';
import type { Passage, TreeNode } from './profile-tree.ts';
import type { KnownScript, Scripts } from './scripts.ts';
import { isOfNobody } from './v8-profile.ts';

export interface SeenMoments {
  /** What the moments' nodes are; undefined: no line of the user's. */
  readonly places: readonly (Frame | undefined)[];
  readonly moments: readonly Moment[];
}

export interface SpotSources {
  readonly scripts: Scripts;
  readonly calls: SeenCalls;
  /** Where an await stands. */
  readonly siteOf: (id: number) => Frame | undefined;
}

/** The innermost function of the user's on a stack, and what it called. */
interface UsersFrame {
  readonly node: TreeNode;
  readonly script: KnownScript;
  /** undefined: it ran itself. */
  readonly called: TreeNode | undefined;
}

const NOWHERE = 0;

export class HotSpots {
  readonly #frames = new FrameIds();
  #moments: Moments | undefined;

  constructor(private readonly sources: SpotSources) {}

  /**
   * @param passages of one chunk, in order.
   * @param looks around that time.
   * @param fromUs the cell's start, if nothing was added before.
   */
  add(passages: readonly Passage[], looks: readonly Look[], fromUs: number): void {
    if (passages.length === 0) return;
    this.#moments ??= new Moments(fromUs / 1000);
    const known = new Map<TreeNode, SpotLines>();
    for (const passage of passages)
      this.#moments.add(passage.atUs / 1000, this.#spot(passage, looks, known));
  }

  seen(): SeenMoments {
    return { places: [undefined, ...this.#frames.frames], moments: this.#moments?.result() ?? [] };
  }

  #spot(passage: Passage, looks: readonly Look[], known: Map<TreeNode, SpotLines>): number {
    const { node, chain, ticks, atUs } = passage;
    if (node === undefined) return this.#awaited(chain);
    let lines = known.get(node);
    if (lines === undefined) known.set(node, (lines = this.#linesOf(node, ticks)));
    const { users, parts } = lines;
    // As in the tree of stacks: what no code of the user's stands above belongs to what the cell awaits.
    if (users === undefined) return isOfNobody(node.call) ? NOWHERE : this.#awaited(chain);
    const place = this.sources.scripts.place(users.node.call);
    const line = nearestLine(users, parts, looks, atUs);
    return this.#id({
      function: place.function,
      file: place.file,
      line: line === 0 ? 0 : users.script.sourceLine(line),
      firstLine: place.firstLine,
    });
  }

  #linesOf(node: TreeNode, ticks: Passage['ticks']): SpotLines {
    const { scripts, calls } = this.sources;
    const users = this.#usersFrame(node);
    if (users === undefined) return { users, parts: [] };
    const { called, script } = users;
    const parts: LineParts =
      called === undefined
        ? ticks.map(tick => [tick.line, tick.ticks])
        : calledFrom(script, users.node, called, scripts.place(called.call), calls).parts;
    return { users, parts };
  }

  #usersFrame(leaf: TreeNode): UsersFrame | undefined {
    let called: TreeNode | undefined;
    for (let node: TreeNode | undefined = leaf; node; called = node, node = node.parent) {
      const { script } = this.sources.scripts.place(node.call);
      if (script) return { node, script, called };
    }
    return undefined;
  }

  #awaited(chain: readonly number[]): number {
    const frame = chain.map(id => this.sources.siteOf(id)).findLast(found => found !== undefined);
    return frame ? this.#id(frame) : NOWHERE;
  }

  #id(frame: Frame): number {
    return NOWHERE + 1 + this.#frames.idOf(frame);
  }
}

interface SpotLines {
  readonly users: UsersFrame | undefined;
  readonly parts: LineParts;
}

/** @returns a line of the user's script. */
function nearestLine(
  { node, script }: UsersFrame,
  parts: LineParts,
  looks: readonly Look[],
  atUs: number,
): number {
  if (parts.length > 1) {
    const name = shortName(node.call.functionName);
    let nearest: { readonly line: number; readonly distanceUs: number } | undefined;
    for (const look of looks) {
      const distanceUs = Math.abs(look.atUs - atUs);
      if (nearest && nearest.distanceUs <= distanceUs) continue;
      // Several functions may have no name.
      const frame = look.frames.find(
        ([seenName, seenScript, line]) =>
          seenScript === script.info.script &&
          shortName(seenName) === name &&
          parts.some(([known]) => known === line),
      );
      if (frame) nearest = { line: frame[2], distanceUs };
    }
    if (nearest) return nearest.line;
  }
  return parts.reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0] as const)[0];
}
