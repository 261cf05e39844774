/**
 * What the profiler's thread sees when it makes the main thread look at itself for a moment: the exact lines of all
 * calls, which V8's profile does not tell, and what the event loop is waiting for.
 */

/** `[function, script, line]`, innermost first; the line is the script's. */
export type LookFrame = readonly [string, string, number];

export interface Look {
  readonly atUs: number;
  readonly frames: readonly LookFrame[];
  readonly resources: readonly string[];
}

const DEPTH = 64;
/** tslab watches every source file that its compiler has read. */
const BACKGROUND = /^(FSEvent|StatWatcher|SignalWrap)/;

interface ActiveResources {
  getActiveResourcesInfo?: () => string[];
}

/** Runs on the main thread, in the middle of whatever runs there. @returns a `Look` as JSON. */
export function lookHere(): string {
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
  const look: Look = {
    atUs: Number(process.hrtime.bigint() / 1000n),
    // The first two are this function and the expression that called it.
    frames: frames.slice(2),
    resources: ((process as ActiveResources).getActiveResourcesInfo?.() ?? []).filter(
      kind => !BACKGROUND.test(kind),
    ),
  };
  return JSON.stringify(look);
}

/** How often a function was seen to call another, by line. */
export class SeenCalls {
  readonly #lines = new Map<string, Map<number, number>>();

  add(look: Look): void {
    const frames = look.frames.filter(([, script]) => script !== '');
    frames.slice(1).forEach(([name, script, line], index) => {
      const [calleeName] = frames[index] as LookFrame;
      const key = edge(script, name, calleeName);
      const lines = this.#lines.get(key) ?? new Map<number, number>();
      this.#lines.set(key, lines.set(line, (lines.get(line) ?? 0) + 1));
    });
  }

  /** @param script the path. @returns counts by line of the caller's script. */
  lines(script: string, caller: string, callee: string): ReadonlyMap<number, number> {
    return this.#lines.get(edge(script, caller, callee)) ?? new Map();
  }
}

/** Names differ in how much of `Class.method` they tell. */
const edge = (script: string, caller: string, callee: string): string =>
  `${script}\n${shortName(caller)}\n${shortName(callee)}`;

const shortName = (name: string): string =>
  name
    .replace(/^(async|new|get|set) /, '')
    .split('.')
    .at(-1) ?? '';
