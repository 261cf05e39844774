/**
 * What the profiler's thread sees when it makes the main thread look at itself for a moment: the exact lines of all
 * calls, which V8's profile does not tell, and what the event loop is waiting for.
 */

import type { Place } from './scripts.ts';

/** `[function, script, line]`, innermost first; the line is the script's. */
export type LookFrame = readonly [string, string, number];

export interface Look {
  readonly atUs: number;
  readonly frames: readonly LookFrame[];
  /** What the event loop waits for; undefined: it was not asked, code was running. */
  readonly resources?: readonly string[] | undefined;
}

const DEPTH = 64;
/** tslab watches every source file that its compiler has read. */
const BACKGROUND = /^(FSEvent|StatWatcher|SignalWrap)/;

interface ActiveResources {
  getActiveResourcesInfo?: () => string[];
}

/** To ask for the resources takes longer than all else, since tslab has hundreds. */
const RESOURCES_EVERY = 5;
let sinceResources = 0;

/**
 * Runs on the main thread, in the middle of whatever runs there.
 * @param withResources even if code runs.
 * @returns a `Look` as JSON.
 */
export function lookHere(withResources = false): string {
  const prepare = Reflect.get<typeof Error, 'prepareStackTrace'>(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  let frames: LookFrame[] = [];
  Error.stackTraceLimit = DEPTH;
  Error.prepareStackTrace = (_error, sites) => {
    frames = sites.map(site => [
      site.getFunctionName() ?? '',
      site.getFileName() ?? '',
      site.getLineNumber() ?? 0,
    ]);
    return '';
  };
  try {
    // Formatting happens when the property is read.
    void new Error().stack;
  } finally {
    Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = stackTraceLimit;
  }
  // The first two are this function and the expression that called it.
  frames = frames.slice(2);
  sinceResources++;
  const asks = withResources || frames.length === 0 || sinceResources >= RESOURCES_EVERY;
  if (asks) sinceResources = 0;
  const look: Look = {
    atUs: Number(process.hrtime.bigint() / 1000n),
    frames,
    ...(asks && { resources: activeResources() }),
  };
  return JSON.stringify(look);
}

const activeResources = (): string[] =>
  ((process as ActiveResources).getActiveResourcesInfo?.() ?? []).filter(
    kind => !BACKGROUND.test(kind),
  );

/** For how long a function was seen to call another, by line, in microseconds: a look stands for the time around it. */
export class SeenCalls {
  readonly #lines = new Map<string, Map<number, number>>();
  /** By function alone, whatever it called. */
  readonly #places = new Map<string, Map<number, number>>();
  /** By function alone, when it called nothing. */
  readonly #leaves = new Map<string, Map<number, number>>();
  /** In how many looks a function called another. */
  readonly #met = new Map<string, number>();
  #last: Look | undefined;
  #fromUs: number;

  constructor(startUs: number) {
    this.#fromUs = startUs;
  }

  /** The last look stands for the time until the middle of the way to this one. */
  add(look: Look): void {
    if (this.#last) this.#pass((this.#last.atUs + look.atUs) / 2);
    this.#last = look;
  }

  /** No more looks come. */
  close(endUs: number): void {
    this.#pass(endUs);
    this.#last = undefined;
  }

  #pass(untilUs: number): void {
    const us = Math.max(0, untilUs - this.#fromUs);
    this.#fromUs = Math.max(untilUs, this.#fromUs);
    if (this.#last) this.#credit(this.#last, us);
  }

  #credit(look: Look, us: number): void {
    const frames = look.frames.filter(([, script]) => script !== '');
    frames.forEach(([name, script, line], index) => {
      const callee = frames[index - 1];
      const own = `${script}\n${shortName(name)}`;
      credit(this.#places, own, line, us);
      if (callee) {
        const key = edge(script, name, callee[0], callee[1]);
        credit(this.#lines, key, line, us);
        this.#met.set(key, (this.#met.get(key) ?? 0) + 1);
      } else credit(this.#leaves, own, line, us);
    });
  }

  /** @param script the path. @returns by line of the caller's script. */
  lines(script: string, caller: string, callee: Place): ReadonlyMap<number, number> {
    return this.#lines.get(edgeTo(script, caller, callee)) ?? new Map();
  }

  /** @returns in how many looks. */
  met(script: string, caller: string, callee: Place): number {
    return this.#met.get(edgeTo(script, caller, callee)) ?? 0;
  }

  /** Where a function was seen that called nothing then. @returns by line of its script. */
  leaves(script: string, name: string): ReadonlyMap<number, number> {
    return this.#leaves.get(`${script}\n${shortName(name)}`) ?? new Map();
  }

  /** Where a function was seen, itself or in a call. @returns by line of its script. */
  places(script: string, name: string): ReadonlyMap<number, number> {
    return this.#places.get(`${script}\n${shortName(name)}`) ?? new Map();
  }
}

function credit(to: Map<string, Map<number, number>>, key: string, line: number, us: number): void {
  const lines = to.get(key) ?? new Map<number, number>();
  to.set(key, lines.set(line, (lines.get(line) ?? 0) + us));
}

/** Names differ in how much of `Class.method` they tell. */
const edge = (script: string, caller: string, callee: string, calleeScript: string): string =>
  `${script}\n${shortName(caller)}\n${shortName(callee)}\n${calleeScript}`;

const edgeTo = (script: string, caller: string, callee: Place): string =>
  edge(script, caller, callee.function, callee.script?.info.script ?? callee.file);

export const shortName = (name: string): string =>
  name
    .replace(/^(async|new|get|set) /, '')
    .split('.')
    .at(-1) ?? '';
