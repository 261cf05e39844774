/**
 * The call tree of one cell, grown from the profiles of its chunks.
 *
 * A sample weighs the time since the one before it, because the real interval is longer than the one asked for.
 * V8 counts a node's ticks by line without saying which sample fell on which line, so a node's time within a chunk is
 * shared among its lines by their ticks.
 *
 * What runs while awaits are pending stands below them, since it has no caller: Node's loop called it. Where that is the
 * user's own code, only the await of the cell itself is sure to have waited for it. Where it is a library's or Node's, it
 * works on what the innermost await waits for, as it does while the thread is idle.
 *
 * V8 puts the collector's samples below the root. The collector runs when something allocates and finds no room: here its
 * time is an entry below what the sample before was in, so that a line's time is what the user's own clock tells.
 */
import {
  GARBAGE_COLLECTOR,
  IDLE,
  type CallFrame,
  type PositionTick,
  type V8Node,
  type V8Profile,
} from './v8-profile.ts';

export interface TreeNode {
  readonly call: CallFrame;
  /** undefined: a root. */
  readonly parent: TreeNode | undefined;
  readonly children: Map<string, TreeNode>;
  selfUs: number;
  /** The part of `selfUs` in which the thread was blocked in the system; of native functions only. */
  blockedUs: number;
  samples: number;
  /** Self time by line of the JavaScript, counted from 1; what has no line is missing. */
  readonly lineUs: Map<number, number>;
  /** The part of `selfUs` of few samples that stand between two in the same child, by that child. */
  readonly betweenUs: Map<TreeNode, number>;
}

/** A part of an idle sample in which the same awaits were pending. */
export interface IdleSpan {
  /** Middle of the span, microseconds of the monotonic clock. */
  readonly atUs: number;
  readonly durationUs: number;
  /** Awaits that were pending then. */
  readonly chain: readonly number[];
  /** The sample counts where it ends. */
  readonly samples: 0 | 1;
}

/** Where the thread was at a sample. */
export interface Passage {
  /** Microseconds of the monotonic clock. */
  readonly atUs: number;
  /** undefined: idle. */
  readonly node: TreeNode | undefined;
  /** By which lines of its own the node was seen in this chunk. */
  readonly ticks: readonly PositionTick[];
  /** Awaits that it stands below. */
  readonly chain: readonly number[];
}

export interface Added {
  /** When the thread was idle, in order. */
  readonly idle: readonly IdleSpan[];
  /** All samples that counted, in order. */
  readonly passages: readonly Passage[];
}

export interface Meanwhile {
  /** Sites of pending awaits, oldest first. */
  readonly chain: readonly number[];
  /** The one of them that stands in the cell itself, if any. */
  readonly own: readonly number[];
}

interface Weight {
  us: number;
  blockedUs: number;
  samples: number;
  /** Of the collector, which this entry made run. */
  collectorUs: number;
  collectorSamples: number;
}
type Weights = Map<number, Weight>;

/** A passage before its chunk is merged: `id` is V8's. */
type Passed = { readonly atUs: number; readonly us: number } & (
  | { readonly id: undefined; readonly chain: readonly number[] }
  | { readonly id: number; readonly context: Context }
);

/** Awaits that were pending, and what stands below them. */
export interface Context {
  readonly chain: readonly number[];
  readonly root: TreeNode;
}

/**
 * The tree is told to the hook again and again while the cell runs. With more nodes than this, calls that recur are
 * folded: a function stands where a function further up called it already.
 */
const MOST_NODES = 4000;

const ROOT: CallFrame = {
  functionName: '(root)',
  scriptId: '0',
  url: '',
  lineNumber: -1,
  columnNumber: -1,
};

/** What is called below other combinations of awaits stands below the cell's own await alone. */
const MOST_CONTEXTS = 32;

/** Samples in a row that count for `betweenUs`. */
const MOST_BETWEEN = 2;

const COLLECTOR: CallFrame = { ...ROOT, functionName: GARBAGE_COLLECTOR };

export class ProfileTree {
  /** By the ids of their awaits. */
  readonly contexts = new Map<string, Context>();
  samples = 0;
  /** Of all samples, idle ones included. */
  totalUs = 0;
  #nodes = 0;

  /** @param isLibrary whether a frame is of a package that the user's code uses. */
  constructor(private readonly isLibrary: (call: CallFrame) => boolean = () => false) {}

  /** Some calls stand further up than they were made. */
  get isFolded(): boolean {
    return this.#nodes >= MOST_NODES;
  }

  /**
   * @param fromUs and untilUs: samples outside are not counted, and one that crosses a border counts with its part.
   * @param meanwhileAt, changeBefore and blockedPartAt: asked with ascending times. `changeBefore` tells when what is
   * pending changes next, at the latest at its argument.
   */
  add(
    profile: V8Profile,
    fromUs: number,
    untilUs: number,
    meanwhileAt: (us: number) => Meanwhile,
    changeBefore: (us: number) => number,
    blockedPartAt: (us: number) => number,
  ): Added {
    const { samples = [], timeDeltas = [] } = profile;
    const weights = new Map<Context, Weights>();
    const idle: IdleSpan[] = [];
    const passed: Passed[] = [];
    const byId = new Map(profile.nodes.map(found => [found.id, found]));
    const named = (matches: (call: CallFrame) => boolean): Set<number> =>
      new Set(profile.nodes.filter(found => matches(found.callFrame)).map(found => found.id));
    const idleIds = named(call => call.functionName === IDLE);
    const collectorIds = named(call => call.functionName === GARBAGE_COLLECTOR && call.url === '');
    const nativeIds = named(isNative);
    const nobodyIds = named(isNobody);
    const othersIds = this.#calledByLoop(profile, byId);
    let endUs = profile.startTime;
    /** The sample before was in this; undefined when nobody's code ran. */
    let allocating: number | undefined;
    let wasIdle = false;
    samples.forEach((id, index) => {
      const startUs = endUs;
      endUs += timeDeltas[index] ?? 0;
      const isCollector = collectorIds.has(id) && allocating !== undefined;
      const owner = isCollector && allocating !== undefined ? allocating : id;
      if (!isCollector) allocating = nobodyIds.has(id) ? undefined : id;
      // V8 writes a sample that came late with a negative distance to the one before.
      const partFromUs = Math.max(startUs, fromUs);
      const partUntilUs = Math.min(endUs, untilUs);
      const us = partUntilUs - partFromUs;
      if (us <= 0) return;
      this.samples++;
      this.totalUs += us;
      if (idleIds.has(id)) {
        // Between two idle samples a turn of the loop, too short for one of its own, may end one await and begin the
        // next. After another sample what is pending at the end counts: the thread was busy before that began.
        const before = wasIdle ? meanwhileAt(partFromUs).chain : [];
        const changeUs = wasIdle ? changeBefore(partUntilUs) : partFromUs;
        const { chain } = meanwhileAt(partUntilUs);
        const span = (fromUs: number, toUs: number, samples: 0 | 1): Omit<IdleSpan, 'chain'> => ({
          atUs: (fromUs + toUs) / 2,
          durationUs: toUs - fromUs,
          samples,
        });
        if (changeUs > partFromUs) idle.push({ ...span(partFromUs, changeUs, 0), chain: before });
        idle.push({ ...span(changeUs, partUntilUs, 1), chain });
        passed.push({ atUs: partUntilUs, us, id: undefined, chain });
        wasIdle = true;
        return;
      }
      wasIdle = false;
      const { chain, own } = meanwhileAt(endUs);
      const context = this.#contextOf(othersIds.has(owner) ? chain : own, own);
      passed.push({ atUs: partUntilUs, us: isCollector ? 0 : us, id: owner, context });
      const inContext = weights.get(context) ?? (new Map() as Weights);
      weights.set(context, inContext);
      const weight = inContext.get(owner) ?? nothing();
      inContext.set(owner, weight);
      if (isCollector) {
        weight.collectorUs += us;
        weight.collectorSamples++;
      } else {
        weight.us += us;
        weight.samples++;
        if (nativeIds.has(id)) weight.blockedUs += us * blockedPartAt(endUs - us / 2);
      }
    });
    const callers = callersOf(profile);
    const merged = new Map(
      [...weights].map(([context, inContext]) => [
        context,
        this.#merge(profile, byId, callers, inContext, context.root),
      ]),
    );
    this.#addBetween(passed, merged);
    const passages = passed.map((one): Passage =>
      one.id === undefined
        ? { atUs: one.atUs, node: undefined, ticks: [], chain: one.chain }
        : {
            atUs: one.atUs,
            node: merged.get(one.context)?.get(one.id),
            ticks: ticksOf(byId.get(one.id)),
            chain: one.context.chain,
          },
    );
    return { idle, passages };
  }

  /** @param otherwise when there are too many. */
  #contextOf(chain: readonly number[], otherwise: readonly number[]): Context {
    const key = chain.join();
    const known = this.contexts.get(key);
    if (known !== undefined) return known;
    if (chain !== otherwise && this.contexts.size >= MOST_CONTEXTS)
      return this.#contextOf(otherwise, otherwise);
    const context = { chain, root: node(ROOT, undefined) };
    this.contexts.set(key, context);
    return context;
  }

  /** @returns ids of nodes on stacks that the loop began with code of a library or of Node's, not of the user's. */
  #calledByLoop(profile: V8Profile, byId: ReadonlyMap<number, V8Node>): ReadonlySet<number> {
    const found = new Set<number>();
    const visit = (at: V8Node, by: 'nobody' | 'node' | 'library'): void => {
      const { callFrame: call } = at;
      let next = by;
      if (by !== 'library' && call.url !== '') {
        if (call.url.startsWith('node:')) next = 'node';
        else if (this.isLibrary(call)) next = 'library';
        else return;
      }
      if (next !== 'nobody') found.add(at.id);
      for (const id of at.children ?? []) {
        const child = byId.get(id);
        if (child) visit(child, next);
      }
    };
    const [root] = profile.nodes;
    if (root) visit(root, 'nobody');
    return found;
  }

  #addBetween(
    passed: readonly Passed[],
    merged: ReadonlyMap<Context, ReadonlyMap<number, TreeNode>>,
  ): void {
    const nodeOf = (one: Passed | undefined): TreeNode | undefined =>
      one?.id === undefined ? undefined : merged.get(one.context)?.get(one.id);
    let before: TreeNode | undefined;
    for (let index = 0; index < passed.length;) {
      const at = nodeOf(passed[index]);
      let us = 0;
      let next = index;
      for (; next < passed.length && nodeOf(passed[next]) === at; next++)
        us += passed[next]?.us ?? 0;
      const isBetween = before?.parent === at && nodeOf(passed[next]) === before;
      if (at && before && isBetween && next - index <= MOST_BETWEEN)
        at.betweenUs.set(before, (at.betweenUs.get(before) ?? 0) + us);
      before = at;
      index = next;
    }
  }

  /** @returns the tree's nodes by V8's ids. */
  #merge(
    profile: V8Profile,
    byId: ReadonlyMap<number, V8Node>,
    callers: ReadonlyMap<number, number>,
    weights: Weights,
    root: TreeNode,
  ): ReadonlyMap<number, TreeNode> {
    const merged = new Map<number, TreeNode>();
    const first = profile.nodes[0];
    if (first === undefined) return merged;
    const reached = withCallers(weights.keys(), callers);
    const visit = (id: number, into: TreeNode): void => {
      const weight = weights.get(id);
      const found = byId.get(id);
      if (found === undefined) return;
      merged.set(id, into);
      if (weight !== undefined) {
        into.selfUs += weight.us;
        into.blockedUs += weight.blockedUs;
        into.samples += weight.samples;
        if (weight.collectorSamples > 0) {
          const collector = this.#childOf(into, COLLECTOR);
          collector.selfUs += weight.collectorUs;
          collector.samples += weight.collectorSamples;
        }
        const ticks = ticksOf(found);
        const all = ticks.reduce((sum, tick) => sum + tick.ticks, 0);
        for (const tick of ticks)
          into.lineUs.set(
            tick.line,
            (into.lineUs.get(tick.line) ?? 0) + (weight.us * tick.ticks) / all,
          );
      }
      for (const childId of found.children ?? []) {
        const child = byId.get(childId);
        if (child && reached.has(childId)) visit(childId, this.#childOf(into, child.callFrame));
      }
    };
    visit(first.id, root);
    return merged;
  }

  #childOf(parent: TreeNode, call: CallFrame): TreeNode {
    const key = `${call.scriptId}:${call.lineNumber}:${call.columnNumber}:${call.functionName}`;
    const known = parent.children.get(key);
    if (known) return known;
    let below = parent;
    if (this.isFolded && call !== COLLECTOR)
      for (let above = parent.parent; above; above = above.parent) {
        const child = above.children.get(key);
        if (child) return child;
        // Twice as many are too many in any case.
        if (this.#nodes >= 2 * MOST_NODES) below = above;
      }
    const child = below.children.get(key) ?? node(call, below);
    below.children.set(key, child);
    this.#nodes++;
    return child;
  }
}

/** @returns V8's ids by those of what they called. */
const callersOf = ({ nodes }: V8Profile): ReadonlyMap<number, number> =>
  new Map(nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)));

/** @returns the ids, and those of all that called them. */
function withCallers(
  ids: Iterable<number>,
  callers: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (let id of ids as Iterable<number | undefined>)
    for (; id !== undefined && !found.has(id); id = callers.get(id)) found.add(id);
  return found;
}

const ticksOf = (found: V8Node | undefined): readonly PositionTick[] =>
  (found?.positionTicks ?? []).filter(({ line }) => line > 0);

/** V8's own entries, such as the collector's, are no functions. */
const isNative = ({ url, functionName }: CallFrame): boolean =>
  url === '' && !functionName.startsWith('(');

/** The root, and what V8 calls idle or its own. */
const isNobody = ({ url, functionName }: CallFrame): boolean =>
  url === '' && functionName.startsWith('(');

const nothing = (): Weight => ({
  us: 0,
  blockedUs: 0,
  samples: 0,
  collectorUs: 0,
  collectorSamples: 0,
});

function node(call: CallFrame, parent: TreeNode | undefined): TreeNode {
  return {
    call,
    parent,
    children: new Map(),
    selfUs: 0,
    blockedUs: 0,
    samples: 0,
    lineUs: new Map(),
    betweenUs: new Map(),
  };
}

/** With all that it called. */
export function totalUs(node: TreeNode): number {
  let us = node.selfUs;
  for (const child of node.children.values()) us += totalUs(child);
  return us;
}
