/** Who gets the growth that samples saw. */
import { beforeEach, expect, it } from 'vitest';
import { GrowthLedger } from '../../../kernel/languages/python/cpython/growth-ledger.ts';

const ALLOCATES = 1;
const SPINS = 2;
let grown: Record<number, number>;
let ledger: GrowthLedger;
const tree = {
  addGrowth: (node: number, bytes: number) => (grown[node] = (grown[node] ?? 0) + bytes),
};
const at = (node: number) => ({ tree, node });

beforeEach(() => {
  grown = {};
  ledger = new GrowthLedger();
});

it('gives growth between two samples of one line to that line', () => {
  for (let sample = 0; sample < 5; sample++) ledger.see(at(ALLOCATES), 1000, 1);
  expect(grown).toEqual({ [ALLOCATES]: 5000 });
});

it('gives what is noticed on a line that is known never to grow to the line before it', () => {
  for (let call = 0; call < 10; call++) {
    ledger.see(at(ALLOCATES), 0, 1);
    ledger.see(at(SPINS), 1_000_000, 1);
    for (let sample = 0; sample < 50; sample++) ledger.see(at(SPINS), 0, 1);
  }
  ledger.settle();
  expect(grown[ALLOCATES]).toBeGreaterThan(9_900_000);
  expect((grown[ALLOCATES] ?? 0) + (grown[SPINS] ?? 0)).toBe(10_000_000);
});

it('gives nothing to a line that waits', () => {
  ledger.see(at(ALLOCATES), 100, 1);
  ledger.see(undefined, 200, 1);
  ledger.see(undefined, 300, 1);
  ledger.see(at(ALLOCATES), 0, 1);
  expect(grown).toEqual({ [ALLOCATES]: 600 });
});

it('takes what is given back from where it is noticed', () => {
  ledger.see(at(ALLOCATES), 1_000_000, 1);
  ledger.see(at(ALLOCATES), 1_000_000, 1);
  ledger.see(at(SPINS), -2_000_000, 1);
  ledger.settle();
  expect(grown).toEqual({ [ALLOCATES]: 2_000_000, [SPINS]: -2_000_000 });
});

it('shares evenly between two lines of which nothing is known, and keeps the sum', () => {
  ledger.see(at(ALLOCATES), 0, 1);
  ledger.see(at(SPINS), 1001, 1);
  ledger.settle();
  ledger.settle();
  expect(grown).toEqual({ [ALLOCATES]: 501, [SPINS]: 500 });
});
