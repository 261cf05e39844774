/**
 * A real run, recorded from `forms.py` on CPython 3.12.1 together with what the program measured itself: recursion,
 * generators, comprehensions, lambdas, decorators, `exec`, and names beyond ASCII.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { attribute } from '../../../kernel/languages/attribution/index.ts';
import { createPythonResolver } from '../../../kernel/languages/python/resolver.ts';
import type { StackResult } from '../../../kernel/sampling/stacks.ts';
import type { Line } from '../../../src/profile/index.ts';

interface Recorded {
  readonly truth: Readonly<Record<string, number>>;
  readonly result: StackResult;
}

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/forms-3.12.json'), 'utf8'),
) as Recorded;
const { lines, functions } = attribute(
  recorded.result,
  createPythonResolver({
    cells: new Map(),
    libraryFolders: ['/lib/python'],
    cellFolder: '',
    workingDirectory: '/programs',
    readFile: () => undefined,
  }),
);
const sum = (name: string, figure: (line: Line) => number): number =>
  lines.filter(line => line.function === name).reduce((total, line) => total + figure(line), 0);
const totalMs = recorded.result.groups
  .flatMap(group => group.nodes)
  .reduce((total, node) => total + Object.values(node.selfMs).reduce((a, b) => a + b, 0), 0);

it('loses no time', () => {
  expect(lines.reduce((total, line) => total + line.selfMs, 0)).toBeCloseTo(totalMs, 1);
  expect(functions.reduce((total, node) => total + node.selfMs, 0)).toBeCloseTo(totalMs, 1);
  expect(lines.reduce((total, line) => total + line.share, 0)).toBeCloseTo(1);
});

it.each([
  ['deep', 'deep'],
  ['decorated', 'decorated'],
  ['Größe.größer', 'compr'],
])('gives %s its time', (name, truth) => {
  const trueSum = Object.values(recorded.truth).reduce((a, b) => a + b, 0);
  const trueShare = (recorded.truth[truth] as number) / trueSum;
  expect(Math.abs(sum(name, line => line.share) - trueShare)).toBeLessThan(0.03);
});

it('counts 300 recursive calls once', () => {
  const recursive = lines.filter(line => line.function === 'deep');
  expect(recursive.length).toBeGreaterThan(1);
  for (const line of recursive)
    expect(line.totalMs).toBeLessThan((recorded.truth['deep'] as number) * 1100);
});

it('keeps the flame graph small', () => {
  expect(functions.length).toBeLessThanOrEqual(400);
  expect(Math.min(...functions.map(node => node.totalMs))).toBeGreaterThanOrEqual(totalMs * 0.001);
});
