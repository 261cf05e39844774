/**
 * Gives growth of resident memory to the places that caused it, as far as samples can tell.
 *
 * What grew between two samples is kept by the places at both ends, with how often one followed the other and how long it
 * took; `growth-shares.ts` makes shares of it. Nobody grows while waiting: what is seen then belongs to the place before.
 */
import { type Interval, shareGrowth } from './growth-shares.ts';

/** Where a thread stood: a node of a tree of stacks. */
export interface GrowthTree {
  addGrowth(node: number, bytes: number): void;
}
export interface Place {
  readonly tree: GrowthTree;
  readonly node: number;
}

/** Two samples no further apart than this were meant to be: see `wantsCloserLook`. */
const CLOSE_MS = 0.5;
/** Kinds of intervals kept; more say that the code never stays anywhere. */
const MOST_INTERVALS = 4096;
/** Less is the allocator's and the interpreter's own. */
const LOOK_CLOSER_BYTES = 65_536;

export class GrowthLedger {
  private owedBytes = 0;
  private lastPlace = -1;
  private ran = false;
  private readonly places: Place[] = [];
  private readonly numbers = new Map<GrowthTree, Map<number, number>>();
  private readonly intervals = new Map<number, Interval>();
  /** Given for good, and by the shares made last. */
  private givenBytes: number[] = [];
  /** Memory moved since the sample before: where, another sample tells best at once, while little else can happen. */
  wantsCloserLook = false;
  movedBytes = 0;
  unsureBytes = 0;

  /**
   * @param place what runs; undefined while everything waits.
   * @param bytes growth since the sample before.
   */
  see(place: Place | undefined, bytes: number, sinceMs: number): void {
    this.owedBytes += bytes;
    const isClose = sinceMs <= CLOSE_MS;
    this.wantsCloserLook = !isClose && place !== undefined && Math.abs(bytes) >= LOOK_CLOSER_BYTES;
    if (place) {
      const at = this.numberOf(place);
      if (this.lastPlace >= 0) this.keep(this.lastPlace, at, isClose && this.ran, sinceMs);
      else this.pay(at);
      this.lastPlace = at;
    } else if (this.ran) {
      this.pay(this.lastPlace);
    }
    this.ran = place !== undefined;
  }

  /** Shares out what is owed so far. */
  settle(): void {
    if (this.lastPlace >= 0) this.pay(this.lastPlace);
    const { bytes, movedBytes, unsureBytes } = shareGrowth([...this.intervals.values()]);
    this.places.forEach(({ tree, node }, at) => {
      const owed = (bytes.get(at) ?? 0) - (this.givenBytes[at] ?? 0);
      if (owed !== 0) tree.addGrowth(node, owed);
      this.givenBytes[at] = bytes.get(at) ?? 0;
    });
    this.movedBytes = movedBytes;
    this.unsureBytes = unsureBytes;
  }

  private numberOf(place: Place): number {
    let nodes = this.numbers.get(place.tree);
    if (!nodes) this.numbers.set(place.tree, (nodes = new Map<number, number>()));
    let number = nodes.get(place.node);
    if (number === undefined) {
      number = this.places.push(place) - 1;
      nodes.set(place.node, number);
    }
    return number;
  }

  private pay(at: number): void {
    const { tree, node } = this.places[at] as Place;
    if (this.owedBytes !== 0) tree.addGrowth(node, this.owedBytes);
    this.owedBytes = 0;
  }

  private keep(from: number, to: number, close: boolean, ms: number): void {
    const key = (from * 2 ** 25 + to) * 2 + Number(close);
    let interval = this.intervals.get(key);
    if (!interval) {
      if (this.intervals.size >= MOST_INTERVALS) return this.pay(to);
      interval = { from, to, close, count: 0, moved: 0, ms: 0, grownBytes: 0, shrunkBytes: 0 };
      this.intervals.set(key, interval);
    }
    interval.count++;
    if (this.owedBytes !== 0) interval.moved++;
    interval.ms += ms;
    if (this.owedBytes > 0) interval.grownBytes += this.owedBytes;
    else interval.shrunkBytes += this.owedBytes;
    this.owedBytes = 0;
  }
}
