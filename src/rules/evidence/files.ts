/** Files read more than once. */
import { findRepeatedFiles } from '../../analysis/index.ts';
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import { claim, heatAt } from './place.ts';

export function repeatedReads(rule: EvidenceRule, context: RuleContext): Candidate[] {
  return findRepeatedFiles(context.profile.cells).flatMap(file => {
    const where = [...file.sources].sort(
      (a, b) => (heatAt(context, b)?.selfMs ?? 0) - (heatAt(context, a)?.selfMs ?? 0),
    );
    const timeMs = where.reduce((sum, source) => sum + (heatAt(context, source)?.selfMs ?? 0), 0);
    return claim(rule, context, {
      where: where.slice(0, 4),
      timeMs,
      // Every reading but the first.
      savesMs: timeMs * (1 - 1 / file.opens),
      values: { file: file.path.split(/[\\/]/).at(-1) ?? file.path, count: file.opens },
      evidence: { path: file.path, count: file.opens, readBytes: file.readBytes },
    });
  });
}
