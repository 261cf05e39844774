/** Which of a cell's lines the main thread was on, moment by moment. */
import type { Cell, Line } from '../../../src/profile/index.ts';
import { ms } from '../../../src/profile/units.ts';
import type { StackGroup, StackResult } from '../../sampling/stacks.ts';
import { framesOf } from './paths.ts';
import { keyOf, type ResolvedFrame } from './resolved-frames.ts';

const NO_LINE = -1;

/** @returns undefined where the sampler keeps no moments. */
export function attributeMoments(
  { moments, groups }: StackResult,
  resolved: readonly ResolvedFrame[],
  lines: readonly Line[],
): Cell['hotLines'] {
  const main = groups.find(group => group.kind === 'main');
  if (!moments || moments.length === 0 || !main) return undefined;
  const places = new Map(lines.map((line, index) => [keyOf(line.source), index]));
  const untilMs: Cell['wallTimeMs'][] = [];
  const hottest: number[] = [];
  for (const moment of moments) {
    const seen = new Map<number, number>();
    for (const { node, samples } of moment.nodes) {
      const line = lineOf(main, node, resolved, places);
      seen.set(line, (seen.get(line) ?? 0) + samples);
    }
    const [line] = [...seen].reduce((most, one) => (one[1] > most[1] ? one : most));
    // A line that goes on is told once.
    if (line === hottest.at(-1)) untilMs.pop();
    else hottest.push(line);
    untilMs.push(ms(moment.untilMs));
  }
  return { untilMs, lines: hottest };
}

function lineOf(
  group: StackGroup,
  node: number,
  resolved: readonly ResolvedFrame[],
  places: ReadonlyMap<string, number>,
): number {
  const leaf = group.nodes[node];
  const innermost = leaf && framesOf(group, leaf, resolved).findLast(frame => frame.isUsers);
  return (innermost && places.get(innermost.lineKey)) ?? NO_LINE;
}
