/** When a thread ran or was ready to run, and what its blocking calls were waiting for. */
import type { OffCpuCause } from '../../../../src/profile/index.ts';
import { scheduleOf } from './schedstat.ts';

/** Native functions of Node that block their thread in the system, by how they appear in V8's profiles. */
const BLOCKING: readonly (readonly [RegExp, OffCpuCause])[] = [
  [/^spawn(Sync)?$/, 'wait'],
  [
    /^(open|close|read|write|fsync|fdatasync|l?stat|fstat|statfs|readdir|mkdir|mkdtemp|rm(dir)?|unlink|rename|copyFile|cp|access|exists|realpath|symlink|link|chmod|utimes|f?truncate|internalModuleStat|internalReadFile)(Sync|FileSync|FileUtf8|Utf8|String|Buffers?|Recursive)*$/i,
    'disk',
  ],
  [/^(readFileUtf8|writeFileUtf8)$/, 'disk'],
];

/** Below this it is the clock's grain, or a page that had to be fetched. */
const NOTICEABLE = 0.05;
/** Kept for the chunk that is still to come. */
const KEPT_READINGS = 4096;

export const blockingCause = (native: string): OffCpuCause =>
  BLOCKING.find(([pattern]) => pattern.test(native))?.[1] ?? 'other';

export class RunTimeline {
  readonly #readings: { readonly atUs: number; readonly ranUs: number }[] = [];
  #cursor = 0;

  constructor(private readonly threadId: number) {}

  /** To be called every few milliseconds. */
  read(): void {
    const atUs = Number(process.hrtime.bigint() / 1000n);
    const schedule = scheduleOf(this.threadId);
    if (schedule === undefined) return;
    this.#readings.push({ atUs, ranUs: (schedule.onCpuNs + schedule.queuedNs) / 1000 });
    if (this.#readings.length > KEPT_READINGS) this.#forget(KEPT_READINGS / 2);
  }

  /** The part of the time around a moment in which the thread was blocked. Asked with ascending times. */
  blockedPart(atUs: number): number {
    const readings = this.#readings;
    while ((readings[this.#cursor]?.atUs ?? Infinity) < atUs) this.#cursor++;
    const after = readings[this.#cursor];
    const before = readings[this.#cursor - 1];
    if (!before || !after) return 0;
    const part = 1 - (after.ranUs - before.ranUs) / (after.atUs - before.atUs);
    return part < NOTICEABLE ? 0 : Math.min(1, part);
  }

  #forget(count: number): void {
    this.#readings.splice(0, count);
    this.#cursor = Math.max(0, this.#cursor - count);
  }
}
