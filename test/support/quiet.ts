/** Waits until other programs have left the machine, for what compares times: an earlier test may still be ending. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 150;
const LEAST_IDLE = 0.8;

/** Goes on after `atMostMs` in any case: the test then tells what it saw. */
export async function quietMachine(atMostMs = 3000): Promise<void> {
  const endMs = performance.now() + atMostMs;
  do {
    const before = coreTimes();
    await delay(LOOK_MS);
    const after = coreTimes();
    if ((after.idle - before.idle) / (after.all - before.all) >= LEAST_IDLE) return;
  } while (performance.now() < endMs);
}

/** Ticks of all cores together since the start; proc(5), `/proc/stat`. */
function coreTimes(): { readonly idle: number; readonly all: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, waitingForDisk = 0] = ticks;
  return { idle: idle + waitingForDisk, all: ticks.reduce((sum, one) => sum + one, 0) };
}
