/**
 * Which places made memory grow, estimated from many short intervals between samples.
 *
 * Of one interval only its ends and its growth are known: which line the growth fell on, and which lines ran in between,
 * is not. Of many the ends tell: how often one place is followed by another says where a thread is likely to have been in
 * between, and intervals that hold no growth say which of those places cannot have made it. So each place gets a rate of
 * growth, such that all intervals together are explained best (maximum likelihood, by multiplicative steps: W. H.
 * Richardson 1972, L. B. Lucy 1974), and each interval's growth is shared out by those rates. The sum stays what was
 * measured.
 */

/** All intervals of one kind between the same two places. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  /** So short that a thread is mostly still where it was. */
  readonly close: boolean;
  count: number;
  /** In so many of them memory moved at all. */
  moved: number;
  ms: number;
  /** Of those that grew; of those that shrank, negative. */
  grownBytes: number;
  shrunkBytes: number;
}

export interface Shares {
  /** By place; they add up to the intervals' bytes. */
  readonly bytes: ReadonlyMap<number, number>;
  readonly movedBytes: number;
  /** Of `movedBytes`, what may as well be another place's. */
  readonly unsureBytes: number;
}

/** Places told apart; the others, which moved least, share alike. */
const MOST_PLACES = 20;
const STEPS = 40;
/** Intervals so long that much happens in between say less, and are more. */
const FAR_WEIGHT = 0.001;
/** The mean rate, as if each place had been seen with it for this part of all time: nothing is ruled out by a glance. */
const PRIOR_SHARE = 1e-4;
/** Of the time in between: for small probabilities the integral of t(1 − t), against going there and coming back whole. */
const DETOUR = 1 / 6;
/** Of the time in between, what surely belongs to its ends: a short visit that an end fell on is seen nowhere else. */
const END_SHARE = 0.25;

export function shareGrowth(intervals: readonly Interval[]): Shares {
  const places = mostMoving(intervals);
  const groups = grouped(intervals, places);
  const chains = {
    close: new Chain(
      groups.filter(({ close }) => close),
      places.length + 1,
    ),
    far: new Chain(
      groups.filter(({ close }) => !close),
      places.length + 1,
    ),
  };
  const seen = groups.map(group => ({
    ...group,
    between: (group.close ? chains.close : chains.far).between(group.from, group.to),
  }));
  const bytes = new Map<number, number>();
  let [movedBytes, unsureBytes] = [0, 0];
  for (const bytesOf of [grown, shrunk]) {
    const rates = ratesOf(seen, bytesOf, places.length + 1);
    for (const { between, members } of seen) {
      const shares = weights(between, rates);
      for (const interval of members) {
        const moved = bytesOf(interval);
        if (moved === 0) continue;
        const given = shareOne(interval, moved, shares, places, bytes);
        movedBytes += Math.abs(moved);
        unsureBytes += Math.abs(moved - given);
      }
    }
  }
  return { bytes, movedBytes, unsureBytes };
}

/** The intervals between the same two of the places that are told apart, by their numbers. */
interface Group extends Interval {
  readonly members: Interval[];
}
type Seen = Group & { readonly between: Float64Array };

function grouped(intervals: readonly Interval[], places: readonly number[]): Group[] {
  const numbers = new Map(places.map((place, number) => [place, number]));
  const groups = new Map<string, Group>();
  for (const interval of intervals) {
    const from = numbers.get(interval.from) ?? places.length;
    const to = numbers.get(interval.to) ?? places.length;
    const { close } = interval;
    const key = `${from} ${to} ${close}`;
    let group = groups.get(key);
    if (!group) {
      const none = { count: 0, moved: 0, ms: 0, grownBytes: 0, shrunkBytes: 0 };
      groups.set(key, (group = { from, to, close, ...none, members: [] }));
    }
    group.count += interval.count;
    group.moved += interval.moved;
    group.ms += interval.ms;
    group.grownBytes += interval.grownBytes;
    group.shrunkBytes += interval.shrunkBytes;
    group.members.push(interval);
  }
  return [...groups.values()];
}

const weightOf = ({ close }: Interval): number => (close ? 1 : FAR_WEIGHT);
const grown = (interval: Interval): number => interval.grownBytes;
const shrunk = (interval: Interval): number => interval.shrunkBytes;

function mostMoving(intervals: readonly Interval[]): number[] {
  const moved = new Map<number, number>();
  for (const { from, to, grownBytes, shrunkBytes } of intervals) {
    for (const place of from === to ? [from] : [from, to]) {
      moved.set(place, (moved.get(place) ?? 0) + grownBytes - shrunkBytes);
    }
  }
  return [...moved]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PLACES)
    .map(([place]) => place);
}

/** How places follow each other. The last one stands for all that are not told apart. */
class Chain {
  private readonly next: Float64Array;
  /** How much a place is still the same an interval later; 0: as if it had been left. */
  private readonly stay: Float64Array;

  constructor(
    groups: readonly Group[],
    private readonly size: number,
  ) {
    this.next = new Float64Array(this.size * this.size);
    this.stay = new Float64Array(this.size);
    const from = new Float64Array(this.size);
    let count = 0;
    for (const { from: a, to: b, ...group } of groups) {
      // A thread without a core stays where it is; that memory moved says that it ran.
      const times = group.close ? group.count : group.moved;
      this.next[a * this.size + b] = this.step(a, b) + times;
      from[a] = (from[a] as number) + times;
      count += times;
    }
    for (let a = 0; a < this.size; a++) {
      const leaves = from[a] as number;
      if (leaves === 0) continue;
      for (let b = 0; b < this.size; b++) this.next[a * this.size + b] = this.step(a, b) / leaves;
      const share = leaves / count;
      this.stay[a] = share < 1 ? Math.max(0, (this.step(a, a) - share) / (1 - share)) : 1;
    }
  }

  /** The likely share of the time of an interval between two places that was spent at each. */
  between(from: number, to: number): Float64Array {
    const shares = new Float64Array(this.size);
    shares[from] = END_SHARE / 2;
    shares[to] = (shares[to] as number) + END_SHARE / 2;
    const detours = this.detours(from, to);
    const sum = detours.reduce((all, share) => all + share, 0);
    // Seen once, and never left or reached otherwise: the ends are all that is known.
    if (sum === 0) return shares;
    return shares.map(
      (share, place) => share + ((1 - END_SHARE) * (detours[place] as number)) / sum,
    );
  }

  private detours(from: number, to: number): Float64Array {
    const shares = new Float64Array(this.size);
    for (let place = 0; place < this.size; place++) {
      const isEnd = place === from || place === to;
      if (!isEnd && place === this.size - 1) continue;
      const detour = isEnd ? 1 : 1 - (1 - DETOUR) * (this.stay[place] as number);
      shares[place] = this.step(from, place) * this.step(place, to) * detour;
    }
    return shares;
  }

  private step(from: number, to: number): number {
    return this.next[from * this.size + to] as number;
  }
}

/** Bytes a millisecond by place. */
function ratesOf(
  seen: readonly Seen[],
  bytesOf: (interval: Interval) => number,
  size: number,
): Float64Array {
  let [bytes, ms] = [0, 0];
  for (const group of seen) {
    bytes += weightOf(group) * Math.abs(bytesOf(group));
    ms += weightOf(group) * group.ms;
  }
  const mean = ms > 0 ? bytes / ms : 0;
  const priorMs = ms * PRIOR_SHARE;
  const rates = new Float64Array(size).fill(mean);
  if (mean === 0) return rates;
  for (let step = 0; step < STEPS; step++) {
    const explained = new Float64Array(size).fill(mean * priorMs);
    const exposed = new Float64Array(size).fill(priorMs);
    for (const group of seen) {
      const { between } = group;
      const weight = weightOf(group);
      let rate = 0;
      for (let place = 0; place < size; place++) {
        const share = between[place] as number;
        rate += (rates[place] as number) * share;
        exposed[place] = (exposed[place] as number) + weight * group.ms * share;
      }
      const moved = (weight * Math.abs(bytesOf(group))) / rate;
      if (!(moved > 0)) continue;
      for (let place = 0; place < size; place++) {
        const share = (rates[place] as number) * (between[place] as number);
        explained[place] = (explained[place] as number) + moved * share;
      }
    }
    for (let place = 0; place < size; place++) {
      rates[place] = (explained[place] as number) / (exposed[place] as number);
    }
  }
  return rates;
}

function weights(between: Float64Array, rates: Float64Array): Float64Array {
  const shares = between.map((share, place) => share * (rates[place] as number));
  const sum = shares.reduce((all, share) => all + share, 0);
  return sum > 0 ? shares.map(share => share / sum) : between;
}

/** @returns what the likeliest place got. */
function shareOne(
  { from, to }: Interval,
  moved: number,
  shares: Float64Array,
  places: readonly number[],
  into: Map<number, number>,
): number {
  const likeliest = shares.indexOf(Math.max(...shares));
  // Of the places that are not told apart, those at the ends: the later one, unless it is told apart.
  const other = places.includes(to) ? from : to;
  const give = (index: number, bytes: number): void => {
    const place = places[index] ?? other;
    if (bytes !== 0) into.set(place, (into.get(place) ?? 0) + bytes);
  };
  let left = moved;
  for (const [index, share] of shares.entries()) {
    if (index === likeliest) continue;
    const bytes = Math.round(moved * share);
    left -= bytes;
    give(index, bytes);
  }
  give(likeliest, left);
  return left;
}
