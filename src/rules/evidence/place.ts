/** Where an analysis' figure stands in the user's code: the loop around it, and what its line took. */
import { lineKey, textKey } from '../../analysis/index.ts';
import type { Source } from '../../profile/index.ts';
import type { Candidate } from '../candidate.ts';
import { textOfSource, type RuleContext } from '../context.ts';
import type { Rule } from '../rule.ts';
import { loopAround } from '../syntax/scopes.ts';
import type { Values } from '../template.ts';

/** The loop around a line, in the words of the code; plain words where it is not known. */
export function loopValues(context: RuleContext, source: Source): Values {
  const text = textOfSource(context, source);
  const row = source.line - 1;
  const node = text?.tree.rootNode.descendantForPosition({
    row,
    column: text.tree.rootNode.text.split('\n')[row]?.search(/\S/) ?? 0,
  });
  const loop = node ? loopAround(node) : undefined;
  return {
    loopVariable: loop?.variable || 'item',
    loopIterable: loop?.iterable || 'items',
  };
}

export interface Claim {
  readonly where: readonly Source[];
  readonly timeMs: number;
  readonly values: Values;
  readonly evidence: Candidate['evidence'];
  readonly savesMs?: number;
  /** Its remedy is of use beside others for the same line. */
  readonly standsBeside?: boolean;
}

/** A candidate about time; undefined when it is too little. */
export function claim(
  rule: Rule,
  context: RuleContext,
  { where, timeMs, values, evidence, savesMs, standsBeside }: Claim,
): Candidate[] {
  const { wallMs } = context.heat;
  const share = wallMs > 0 ? Math.min(1, timeMs / wallMs) : 0;
  if (timeMs < rule.minMs || share < rule.minShare) return [];
  const [first] = where;
  return [
    {
      rule,
      where,
      timeMs: Math.min(timeMs, wallMs),
      share,
      samples: undefined,
      claims: new Map(first && !standsBeside ? [[lineKey(first), timeMs]] : []),
      values,
      evidence,
      ...(savesMs !== undefined && { savesMs }),
    },
  ];
}

/** What a line took; undefined when it was not measured. */
export const heatAt = (context: RuleContext, source: Source) =>
  context.heat.texts.get(textKey(source))?.get(source.line);
