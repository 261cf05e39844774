import { expect, it } from 'vitest';
import { Moments, MOST_MOMENTS } from '../../../kernel/sampling/moments.ts';

const winner = ({ nodes }: ReturnType<Moments['result']>[number]): number | undefined =>
  nodes.toSorted((a, b) => b.samples - a.samples)[0]?.node;

it('tells where a thread was, moment by moment', () => {
  const moments = new Moments(1000);
  for (let t = 0; t < 300; t++) moments.add(1000 + t, t < 100 ? 7 : t < 200 ? 8 : 9);
  const result = moments.result();
  expect(result.at(-1)?.untilMs).toBe(300);
  const at = (tMs: number) => winner(result.find(({ untilMs }) => tMs < untilMs)!);
  expect([at(50), at(150), at(250)]).toEqual([7, 8, 9]);
});

it('stays small however long the cell runs, and true', () => {
  const moments = new Moments(0);
  const hour = 3_600_000;
  for (let t = 0; t < hour; t += 97) moments.add(t, t < hour / 4 ? 1 : 2);
  const result = moments.result();
  expect(result.length).toBeLessThanOrEqual(MOST_MOMENTS);
  expect(result.length).toBeGreaterThan(MOST_MOMENTS / 4);
  const edges = result.map(({ untilMs }) => untilMs);
  expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  for (const moment of result)
    if (moment.untilMs < hour / 4) expect(winner(moment)).toBe(1);
    else if (moment.untilMs > hour / 4 + hour / 20) expect(winner(moment)).toBe(2);
});

it('keeps what is seen most often of many places', () => {
  const moments = new Moments(0);
  for (let t = 0; t < 10; t++) {
    for (let node = 100; node < 150; node++) moments.add(t, node);
    for (let again = 0; again < 20; again++) moments.add(t, 5);
  }
  const [only, ...more] = moments.result();
  expect(more).toEqual([]);
  expect(only && winner(only)).toBe(5);
  expect(only?.nodes.length).toBeLessThanOrEqual(8);
});
