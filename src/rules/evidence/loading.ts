/** Loops in which getting the next batch takes longer than the model takes with it. */
import { heatOfLines } from '../../analysis/index.ts';
import type { Candidate } from '../candidate.ts';
import type { ParsedText, RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import type { Node } from '../syntax/syntax.ts';
import { claim } from './place.ts';

const TRAINS = /\b(partial_fit|train_on_batch|fit|backward|step|train_step)\s*\(/;
/** Of the loop's time, what its head took. */
const MOST = 0.5;

export function slowLoading(rule: EvidenceRule, context: RuleContext): Candidate[] {
  return [...context.texts.values()].flatMap(text =>
    text.tree.rootNode
      .descendantsOfType('for_statement')
      .flatMap(loop => (loop ? loadingIn(loop, text, rule, context) : [])),
  );
}

function loadingIn(
  loop: Node,
  text: ParsedText,
  rule: EvidenceRule,
  context: RuleContext,
): Candidate[] {
  const body = loop.childForFieldName('body');
  const iterable = loop.childForFieldName('right');
  // A list is loaded already; what is called gives batch by batch.
  if (!body || !iterable || !TRAINS.test(body.text) || iterable.type === 'list') return [];
  const lines = context.heat.texts.get(text.key);
  const head = heatOfLines(lines, loop.startPosition.row + 1, body.startPosition.row);
  const whole = heatOfLines(lines, loop.startPosition.row + 1, loop.endPosition.row + 1);
  if (head.totalMs < MOST * whole.totalMs) return [];
  return claim(rule, context, {
    where: [text.sourceOf(loop.startPosition.row + 1)],
    timeMs: head.totalMs,
    standsBeside: true,
    // Side by side, the shorter of both is hidden behind the longer.
    savesMs: Math.min(head.totalMs, whole.totalMs - head.totalMs),
    values: { iterable: iterable.text },
    evidence: {
      loadingShare: Math.round((head.totalMs / whole.totalMs) * 1000) / 1000,
      modelMs: Math.round(whole.totalMs - head.totalMs),
    },
  });
}
