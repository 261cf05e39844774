/** Runs one long cell behind the hook and watches what the hook itself costs meanwhile. */
import { PROFILE_MIME_TYPE, type Cell } from '../../../src/profile/index.ts';
import { startWrappedKernel } from '../../support/kernels.ts';
import { cpuMsOf, memoryOf, sleep } from '../../support/processes.ts';
import { profileCell } from '../run/profiled-cell.ts';

const WATCH_EVERY_MS = 1000;

/** Work of many kinds, with fresh lines and functions all the time: what a sampler keeps must not grow with it. */
const CELL = (seconds: number): string => `%%pyperf
import json, random, time
def crunch(n):
    total = 0
    for i in range(n):
        total += i * i
    return total
def recurse(n):
    return crunch(2000) if n == 0 else recurse(n - 1)
kept = []
end = time.monotonic() + ${seconds}
while time.monotonic() < end:
    crunch(50_000)
    recurse(random.randrange(60))
    json.dumps([{'a': i} for i in range(2_000)])
    exec(compile('def fresh():\\n    return sum(range(20_000))\\nfresh()', '<string>', 'exec'))
    kept.append(bytearray(10_000))
    time.sleep(0.005)`;

export interface LongCell {
  readonly cell: Cell;
  /** Of the report as it is sent. */
  readonly profileBytes: number;
  /** One a second, from the cell's start. */
  readonly hook: readonly {
    readonly tMs: number;
    readonly rssBytes: number;
    readonly cpuMs: number;
  }[];
}

export async function measureLongCell(seconds: number): Promise<LongCell> {
  const kernel = await startWrappedKernel();
  try {
    const hook: { tMs: number; rssBytes: number; cpuMs: number }[] = [];
    const beganMs = performance.now();
    let running = true;
    const watch = (async () => {
      while (running) {
        const tMs = performance.now() - beganMs;
        hook.push({ tMs, rssBytes: memoryOf(kernel.pid).rssBytes, cpuMs: cpuMsOf(kernel.pid) });
        await sleep(WATCH_EVERY_MS);
      }
    })();
    const done = profileCell(kernel.client, CELL(seconds), (seconds + 60) * 1000);
    const { cell, data } = await done.finally(() => (running = false));
    await watch;
    const profileBytes = Buffer.byteLength(JSON.stringify(data[PROFILE_MIME_TYPE]));
    return { cell, profileBytes, hook };
  } finally {
    await kernel.stop();
  }
}
