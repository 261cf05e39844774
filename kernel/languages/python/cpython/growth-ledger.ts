/**
 * Gives growth of resident memory to the lines that caused it, as far as samples can tell.
 *
 * Growth between two samples at one place is that place's. Between two places it is shared out at the end, by how much
 * memory each is known to move: a loop that was seen for seconds without any growth is not what allocated, though it was
 * running when the growth was noticed. Nobody grows while waiting: what is seen then belongs to the place before.
 */

/** Where a thread stood: a node of a tree of stacks. */
export interface GrowthTree {
  addGrowth(node: number, bytes: number): void;
}
export interface Place {
  readonly tree: GrowthTree;
  readonly node: number;
}

interface Between {
  readonly from: Place;
  readonly to: Place;
  bytes: number;
}

/** Moved in the first millisecond by a place of which nothing is known. */
const PRIOR_BYTES = 65_536;
const PRIOR_MS = 1;
/** A place that moves this part of what another does moves none. */
const IDLE_SHARE = 0.01;
/** Pairs kept; more say that the code never stays anywhere. */
const MOST_PAIRS = 4096;

export class GrowthLedger {
  private owedBytes = 0;
  private last: Place | undefined;
  private ran = false;
  private readonly steady = new Map<GrowthTree, Map<number, { bytes: number; ms: number }>>();
  private readonly between = new Map<GrowthTree, Map<string, Between>>();
  private pairs = 0;

  /**
   * @param place what runs; undefined while everything waits.
   * @param bytes growth since the sample before.
   */
  see(place: Place | undefined, bytes: number, sinceMs: number): void {
    const { last } = this;
    this.owedBytes += bytes;
    if (place) {
      const stays = last?.tree === place.tree && last.node === place.node;
      if (stays && this.ran) this.learn(place, this.owedBytes, sinceMs);
      if (last && !stays) this.owe(last, place);
      else this.pay(place);
      this.last = place;
    } else if (last && this.ran) {
      this.pay(last);
    }
    this.ran = place !== undefined;
  }

  /** Shares out what is owed so far. */
  settle(): void {
    if (this.last) this.pay(this.last);
    for (const pairs of this.between.values()) {
      for (const { from, to, bytes } of pairs.values()) {
        const before = Math.round(bytes * this.shareOf(from, to, bytes));
        from.tree.addGrowth(from.node, before);
        to.tree.addGrowth(to.node, bytes - before);
      }
    }
    this.between.clear();
    this.pairs = 0;
  }

  /**
   * The part of `from`. Memory is given back in a moment, when a function returns or a name gets another value: that
   * is seen behind it, unless what is seen is known to move no memory.
   */
  private shareOf(from: Place, to: Place, bytes: number): number {
    const [before, after] = [this.rateOf(from), this.rateOf(to)];
    if (bytes < 0) return after < before * IDLE_SHARE ? 1 : 0;
    return before / (before + after);
  }

  private pay({ tree, node }: Place): void {
    if (this.owedBytes !== 0) tree.addGrowth(node, this.owedBytes);
    this.owedBytes = 0;
  }

  private owe(from: Place, to: Place): void {
    if (this.owedBytes === 0) return;
    let pairs = this.between.get(to.tree);
    if (!pairs) {
      pairs = new Map<string, Between>();
      this.between.set(to.tree, pairs);
    }
    // What shrinks and what grows are shared out apart.
    const sign = Math.sign(this.owedBytes);
    const key = `${sign} ${from.node} ${to.node} ${from.tree === to.tree ? '' : 'other'}`;
    let pair = pairs.get(key);
    if (!pair || pair.from.tree !== from.tree) {
      if (pair || this.pairs >= MOST_PAIRS) return this.pay(to);
      pairs.set(key, (pair = { from, to, bytes: 0 }));
      this.pairs++;
    }
    pair.bytes += this.owedBytes;
    this.owedBytes = 0;
  }

  private learn({ tree, node }: Place, bytes: number, ms: number): void {
    let nodes = this.steady.get(tree);
    if (!nodes) {
      nodes = new Map<number, { bytes: number; ms: number }>();
      this.steady.set(tree, nodes);
    }
    const known = nodes.get(node) ?? { bytes: 0, ms: 0 };
    nodes.set(node, { bytes: known.bytes + Math.abs(bytes), ms: known.ms + ms });
  }

  /** Bytes moved a millisecond; never 0. */
  private rateOf({ tree, node }: Place): number {
    const { bytes = 0, ms = 0 } = this.steady.get(tree)?.get(node) ?? {};
    return (bytes + PRIOR_BYTES) / (ms + PRIOR_MS);
  }
}
