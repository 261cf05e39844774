/** The analyses behind rules without a query: what each found, as candidates. */
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceName, EvidenceRule } from '../rule.ts';
import { missingIndex, nPlusOne } from './databases.ts';
import { manyOpens, repeatedReads } from './files.ts';
import { slowLoading } from './loading.ts';
import { keptAlive, memoryLeak } from './memory.ts';
import { lockContention, poolSaturation } from './threads.ts';

export type FindEvidence = (rule: EvidenceRule, context: RuleContext) => Candidate[];

export const evidence: Readonly<Record<EvidenceName, FindEvidence>> = {
  'n-plus-one': nPlusOne,
  'missing-index': missingIndex,
  'repeated-reads': repeatedReads,
  'many-opens': manyOpens,
  'memory-leak': memoryLeak,
  'lock-contention': lockContention,
  'pool-saturation': poolSaturation,
  'slow-loading': slowLoading,
  'kept-alive': keptAlive,
};
