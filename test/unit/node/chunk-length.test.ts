import { expect, it } from 'vitest';
import { ChunkLength } from '../../../kernel/languages/node/inside/chunk-length.ts';

const LONGEST_MS = 1000;

/** @returns the lengths that a program of so many nodes a millisecond leads to, one after the other. */
function lengths(nodesPerMs: number, chunks: number): number[] {
  const length = new ChunkLength();
  return Array.from({ length: chunks }, () => {
    const { ms } = length;
    length.took(ms, Math.ceil(ms * nodesPerMs), LONGEST_MS);
    return ms;
  });
}

it('grows to the longest while the call tree is small', () => {
  const found = lengths(0.1, 12);
  expect(found[0]).toBeLessThan(100);
  expect(found.at(-1)).toBe(LONGEST_MS);
  found.slice(1).forEach((ms, index) => expect(ms).toBeLessThanOrEqual(2 * (found[index] ?? 0)));
});

it('keeps chunks of a large call tree so short that each stalls as little', () => {
  for (const nodesPerMs of [2, 5, 10, 20])
    for (const ms of lengths(nodesPerMs, 20).slice(1)) expect(ms * nodesPerMs).toBeLessThan(700);
});

it('forgets a deep part of the program when it is over', () => {
  const length = new ChunkLength();
  length.took(60, 10_000, LONGEST_MS);
  const short = length.ms;
  for (let chunk = 0; chunk < 8; chunk++) length.took(length.ms, 30, LONGEST_MS);
  expect(short).toBeLessThan(60);
  expect(length.ms).toBe(LONGEST_MS);
});
