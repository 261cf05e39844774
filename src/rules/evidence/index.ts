/** The analyses behind rules without syntax: what each found, as candidates. */
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceName, EvidenceRule } from '../rule.ts';
import { nPlusOne, missingIndex } from './databases.ts';
import { repeatedReads } from './files.ts';

export type FindEvidence = (rule: EvidenceRule, context: RuleContext) => Candidate[];

export const evidence: Readonly<Record<EvidenceName, FindEvidence>> = {
  'n-plus-one': nPlusOne,
  'missing-index': missingIndex,
  'repeated-reads': repeatedReads,
};
