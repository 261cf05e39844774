/** Threads that waited for each other. */
import { findContention } from '../../analysis/index.ts';
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import { claim } from './place.ts';

export const lockContention = (rule: EvidenceRule, context: RuleContext): Candidate[] =>
  contention('lock', rule, context);

export const poolSaturation = (rule: EvidenceRule, context: RuleContext): Candidate[] =>
  contention('pool', rule, context);

function contention(kind: 'lock' | 'pool', rule: EvidenceRule, context: RuleContext): Candidate[] {
  return findContention(context.profile.cells)
    .filter(found => found.kind === kind)
    .flatMap(({ source, heldAt, waitMs, waiters, wallMs }) =>
      claim(rule, context, {
        where: [source, ...heldAt.slice(0, 2)],
        timeMs: wallMs,
        standsBeside: true,
        values: { waiters },
        evidence: { waiters, waitMs: Math.round(waitMs) },
      }),
    );
}
