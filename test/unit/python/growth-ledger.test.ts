/** Who gets the growth that samples saw. */
import { beforeEach, describe, expect, it } from 'vitest';
import { GrowthLedger } from '../../../kernel/languages/python/cpython/growth-ledger.ts';

const ALLOCATES = 1;
const SPINS = 2;
const MB = 1_000_000;
let grown: Record<number, number>;
let ledger: GrowthLedger;
const tree = {
  addGrowth: (node: number, bytes: number) => (grown[node] = (grown[node] ?? 0) + bytes),
};
const at = (node: number) => ({ tree, node });
const sumOf = (): number => Object.values(grown).reduce((sum, bytes) => sum + bytes, 0);

beforeEach(() => {
  grown = {};
  ledger = new GrowthLedger();
});

it('gives growth between two samples of one line to that line', () => {
  for (let sample = 0; sample < 5; sample++) ledger.see(at(ALLOCATES), 1000, 1);
  ledger.settle();
  expect(grown).toEqual({ [ALLOCATES]: 5000 });
});

it('gives what is noticed on a line that is known never to grow to the line before it', () => {
  for (let call = 0; call < 10; call++) {
    ledger.see(at(ALLOCATES), 0, 1);
    ledger.see(at(SPINS), MB, 1);
    for (let sample = 0; sample < 50; sample++) ledger.see(at(SPINS), 0, 1);
  }
  ledger.settle();
  expect(grown[ALLOCATES]).toBeGreaterThan(9.9 * MB);
  expect(sumOf()).toBe(10 * MB);
});

it('gives nothing to a line that waits', () => {
  ledger.see(at(ALLOCATES), 100, 1);
  ledger.see(undefined, 200, 1);
  ledger.see(undefined, 300, 1);
  ledger.see(at(ALLOCATES), 0, 1);
  ledger.settle();
  expect(grown).toEqual({ [ALLOCATES]: 600 });
});

it('takes what is given back from where it is noticed', () => {
  ledger.see(at(ALLOCATES), MB, 1);
  ledger.see(at(ALLOCATES), MB, 1);
  ledger.see(at(SPINS), -2 * MB, 1);
  ledger.settle();
  expect(grown[ALLOCATES]).toBeGreaterThan(1.99 * MB);
  expect(sumOf()).toBe(0);
});

it('shares evenly between two lines of which nothing is known, keeps the sum, and says so', () => {
  ledger.see(at(ALLOCATES), 0, 1);
  ledger.see(at(SPINS), 1001, 1);
  ledger.settle();
  ledger.settle();
  expect(sumOf()).toBe(1001);
  expect(Math.abs((grown[ALLOCATES] ?? 0) - (grown[SPINS] ?? 0))).toBe(1);
  expect(ledger.movedBytes).toBe(1001);
  expect(ledger.unsureBytes).toBeGreaterThanOrEqual(500);
});

it('corrects what it gave before when it learns more', () => {
  ledger.see(at(ALLOCATES), 0, 1);
  ledger.see(at(SPINS), MB, 1);
  ledger.settle();
  expect(grown[SPINS]).toBeGreaterThan(0.4 * MB);
  for (let sample = 0; sample < 500; sample++) ledger.see(at(SPINS), 0, 1);
  ledger.settle();
  expect(grown[SPINS]).toBeLessThan(0.1 * MB);
  expect(sumOf()).toBe(MB);
});

describe('a loop whose turns are about as long as the time between two samples', () => {
  /** Runs a loop of `allocatesMs`, in which `bytes` come evenly, and `spinsMs`; samples it as the worker does. */
  function sampleLoop(bytes: number, allocatesMs: number, spinsMs: number): number {
    const turnMs = allocatesMs + spinsMs;
    const totalAt = (ms: number): number => {
      const part = Math.min(1, (ms % turnMs) / allocatesMs);
      return Math.round((Math.floor(ms / turnMs) + part) * bytes);
    };
    const START = 1;
    let [nowMs, dice] = [0, START];
    for (let sample = 0; sample < 2000; sample++) {
      // Park and Miller's generator: the same loop in each run.
      dice = (dice * 48_271) % 2_147_483_647;
      const sinceMs = ledger.wantsCloserLook ? 0.15 : 0.8 + (0.4 * dice) / 2_147_483_647;
      const moved = totalAt(nowMs + sinceMs) - totalAt(nowMs);
      nowMs += sinceMs;
      ledger.see(at(nowMs % turnMs < allocatesMs ? ALLOCATES : SPINS), moved, sinceMs);
    }
    ledger.settle();
    return totalAt(nowMs);
  }

  it('gives a leak to its line', () => {
    const total = sampleLoop(MB, 0.2, 0.9);
    expect(sumOf()).toBe(total);
    expect((grown[ALLOCATES] ?? 0) / total).toBeGreaterThan(0.97);
  });

  it('gives it there where the line is over before the closer look', () => {
    const total = sampleLoop(MB / 10, 0.07, 1);
    expect((grown[ALLOCATES] ?? 0) / total).toBeGreaterThan(0.9);
  });

  it('gives a rare leak to its line', () => {
    const total = sampleLoop(MB, 0.2, 9);
    expect((grown[ALLOCATES] ?? 0) / total).toBeGreaterThan(0.97);
  });
});

describe('asks for a closer look', () => {
  it('where memory moved, and not twice', () => {
    ledger.see(at(ALLOCATES), MB, 1);
    expect(ledger.wantsCloserLook).toBe(true);
    ledger.see(at(ALLOCATES), MB, 0.1);
    expect(ledger.wantsCloserLook).toBe(false);
    ledger.see(at(ALLOCATES), MB, 1);
    expect(ledger.wantsCloserLook).toBe(true);
  });

  it('nowhere else', () => {
    ledger.see(at(SPINS), 4096, 1);
    expect(ledger.wantsCloserLook).toBe(false);
    ledger.see(undefined, MB, 1);
    expect(ledger.wantsCloserLook).toBe(false);
  });
});

it('keeps the sum where the clock stands still', () => {
  ledger.see(at(ALLOCATES), 0, 0);
  ledger.see(at(SPINS), MB, 0);
  ledger.settle();
  expect(sumOf()).toBe(MB);
});

it('stays bounded, and keeps the sum, where code never stays anywhere', () => {
  let dice = 1;
  for (let sample = 0; sample < 20_000; sample++) {
    dice = (dice * 48_271) % 2_147_483_647;
    ledger.see(at(dice % 3000), 1000, 1);
  }
  ledger.settle();
  expect(sumOf()).toBe(20_000_000);
});
