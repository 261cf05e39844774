/** Statements sent one by one, and tables read whole. */
import { findRepeatedStatements, findSavableScans } from '../../analysis/index.ts';
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../context.ts';
import type { EvidenceRule } from '../rule.ts';
import { claim, heatAt, loopValues } from './place.ts';

export function nPlusOne(rule: EvidenceRule, context: RuleContext): Candidate[] {
  return findRepeatedStatements(context.profile.cells).flatMap(found => {
    // The line's own time has what the driver and the ORM did around the statements as well.
    const timeMs = Math.max(found.totalMs, heatAt(context, found.source)?.selfMs ?? 0);
    return claim(rule, context, {
      where: [found.source],
      timeMs,
      values: {
        count: found.count,
        statement: found.statement,
        system: found.system,
        ...loopValues(context, found.source),
      },
      evidence: { statement: found.statement, count: found.count, databaseMs: found.totalMs },
    });
  });
}

export function missingIndex(rule: EvidenceRule, context: RuleContext): Candidate[] {
  return findSavableScans(context.profile.cells).flatMap(({ query, scan, count, totalMs }) =>
    claim(rule, context, {
      where: query.source ? [query.source] : [],
      timeMs: totalMs,
      standsBeside: true,
      values: {
        table: scan.table,
        columns: scan.columns.join(', '),
        createIndex: scan.createIndex ?? '',
        count,
      },
      evidence: {
        table: scan.table,
        columns: scan.columns.join(', '),
        count,
        databaseMs: totalMs,
        ...(scan.rows !== undefined && { rows: scan.rows }),
      },
    }),
  );
}
