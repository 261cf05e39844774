/** Everything that is gathered about one cell while it runs, in the profiler's thread. */
import type { OffCpuCause } from '../../../../src/profile/index.ts';
import type { StackResult } from '../../../sampling/stacks.ts';
import { readEvents } from './await-log.ts';
import { HotSpots } from './hot-spots.ts';
import { SeenCalls, type Look } from './look.ts';
import { ProfileTree, type IdleSpan, type Meanwhile } from './profile-tree.ts';
import type { RunTimeline } from './run-time.ts';
import type { Scripts } from './scripts.ts';
import { frameOfSite, toStacks, type IdleTime, type Site } from './to-stacks.ts';
import type { V8Profile } from './v8-profile.ts';
import { causeOf, countKinds, PendingAwaits, type AwaitEvent } from './waiting.ts';
import type { SharedState } from './worker-messages.ts';

/** A look tells the cause of idle time this near to it. */
const LOOK_REACH_US = 150_000;

export interface Gathered {
  readonly scripts: Scripts;
  readonly sites: ReadonlyMap<number, Site>;
  readonly shared: SharedState;
  readonly runTimes: RunTimeline;
}

export class CellProfile {
  readonly #tree: ProfileTree;
  readonly #calls: SeenCalls;
  readonly #spots: HotSpots;
  readonly #idle = new Map<string, IdleTime>();
  readonly #pending = new PendingAwaits();
  readonly #events: AwaitEvent[] = [];
  #nextEvent: number;
  #lostEvents = 0;
  #looks: Look[] = [];
  readonly #baseline: ReadonlyMap<string, number>;

  /**
   * @param nextEvent the number of the first await event of this cell.
   * @param resources what the event loop waited for before it.
   * @param startUs monotonic.
   */
  constructor(
    private readonly gathered: Gathered,
    nextEvent: number,
    resources: readonly string[],
    startUs: number,
  ) {
    this.#baseline = countKinds(resources);
    this.#tree = new ProfileTree(call => gathered.scripts.isLibrary(call));
    this.#calls = new SeenCalls(startUs);
    this.#spots = new HotSpots({
      scripts: gathered.scripts,
      calls: this.#calls,
      siteOf: id => {
        const site = gathered.sites.get(id);
        return site && frameOfSite(site);
      },
    });
    this.#nextEvent = nextEvent;
  }

  addLook(look: Look): void {
    this.#looks.push(look);
    this.#calls.add(look);
  }

  /** @param chunk whose samples between the two times belong to the cell and were not added before. */
  addChunk(chunk: V8Profile, fromUs: number, untilUs: number): void {
    const read = readEvents(this.gathered.shared, this.#nextEvent);
    this.#nextEvent = read.next;
    this.#lostEvents += read.lost;
    this.#events.push(...read.events);
    let passed = 0;
    let meanwhile = this.#meanwhile();
    const meanwhileAt = (us: number): Meanwhile => {
      const before = passed;
      for (let event; (event = this.#events[passed]) && event.atUs <= us; passed++)
        this.#pending.apply(event);
      if (passed > before) meanwhile = this.#meanwhile();
      return meanwhile;
    };
    const changeBefore = (us: number): number => Math.min(this.#events[passed]?.atUs ?? us, us);
    const { runTimes } = this.gathered;
    const { idle, passages } = this.#tree.add(
      chunk,
      fromUs,
      untilUs,
      meanwhileAt,
      changeBefore,
      us => runTimes.blockedPart(us),
    );
    this.#events.splice(0, passed);
    for (const span of idle) this.#addIdle(span);
    this.#spots.add(passages, this.#looks, fromUs);
    this.#looks = this.#looks.filter(look => look.atUs > untilUs - LOOK_REACH_US);
  }

  /** No more looks come. */
  close(endUs: number): void {
    this.#calls.close(endUs);
  }

  /** @param notes what could not be seen, a sentence each. */
  stacks(notes: readonly string[]): StackResult {
    const lost =
      this.#lostEvents > 0 ? [`${this.#lostEvents} awaits came too fast to be followed.`] : [];
    const folded = this.#tree.isFolded
      ? ['The call tree was too large to keep whole: calls that recur are folded.']
      : [];
    return toStacks({
      tree: this.#tree,
      idle: this.#idle.values(),
      scripts: this.gathered.scripts,
      calls: this.#calls,
      sites: this.gathered.sites,
      moments: this.#spots.seen(),
      pid: process.pid,
      notes: [...notes, ...lost, ...folded],
    });
  }

  #meanwhile(): Meanwhile {
    const chain = this.#pending.sites();
    const isOwn = (site: number): boolean => this.gathered.sites.get(site)?.function === '<module>';
    return { chain, own: chain.filter(isOwn).slice(0, 1) };
  }

  #addIdle({ atUs, durationUs, chain, samples }: IdleSpan): void {
    const cause = this.#causeAt(atUs) ?? 'other';
    const key = `${cause}:${chain.join()}`;
    const idle = this.#idle.get(key) ?? { sites: chain, cause, us: 0, samples: 0 };
    idle.us += durationUs;
    idle.samples += samples;
    this.#idle.set(key, idle);
  }

  #causeAt(atUs: number): OffCpuCause | undefined {
    const near = this.#looks
      .map(look => ({ look, distanceUs: Math.abs(look.atUs - atUs) }))
      .filter(({ distanceUs }) => distanceUs < LOOK_REACH_US)
      .sort((a, b) => a.distanceUs - b.distanceUs);
    return causeOf(
      near.flatMap(({ look }) => (look.resources ? [look.resources] : [])),
      this.#baseline,
    );
  }
}
